/* The shapes that the scripts read, for tsc only: what views/choice.py and views/search.py write, and what kb.js gives.
   tests/test_scripts.py holds the names of the fields against the data itself. */

interface Offer { institution: string; status: string; as_of: string; until?: string; local_name?: string; stale?: true; conflict?: string; doubted?: string; inferred?: true; sex?: string }

interface Standing { id: string; symbol: string; words: string }

interface Mention { group: string; text: string; source: string; instead?: string; sent_by?: string; soft?: true; said_of?: "adults" | "youth" }

/* What guide-data.js has of an entry. */
interface Fitting { not_suitable?: Mention[]; open_to?: Mention[]; told?: string[]; out?: string; first?: string[]; ask?: string[]; ask_at?: Record<string, string[]>; ask_young?: string[]; length?: string; sheet?: string; cards?: Record<string, string>; day?: { day?: string; most?: true; years?: string; places?: string[] } }

interface Entry extends Fitting {
  id: string; code: string; name: string; url: string; tagline: string; category: string;
  also_in?: string[]; countries?: string[]; target_groups?: string[]; goals?: string[]; settings?: string[];
  phases?: string[]; formats?: string[]; min_stay_weeks?: number; in_parts?: string; sessions?: number; weeks?: number;
  everywhere?: string; offers?: Offer[]; for_staff?: true; sex?: string; after?: true; referred?: true; standing: Standing;
}

interface Institution { id: string; name: string; place: string; lat: number; lon: number; kind: string; adult: boolean; url: string }

interface Rules {
  units: Record<string, string>; meant: Record<string, Record<string, string[]>>; phases: Record<string, number>;
  grown: string[]; juvenile: string[]; issues: string[]; dangers: string[]; together: string[]; alone: string[]; remote: string[]; later: string[];
  who: string[]; young: string[]; both: string[]; adults: string[]; parents: string[]; outside: string[]; moments: string[];
  anytime: string[]; divisible: string[]; once: string[]; stay: string[]; unit: string[]; crowd: string[];
  language: string[]; pending: string[]; home: string[];
}

interface Choice {
  labels: Record<string, Record<string, string>>;
  statuses: Record<string, { label: string; past?: string; means: "running" | "unsure" | "absent"; plain?: true }>;
  rules: Rules;
  codes: { signs: string; length: number };
  institutions: Institution[];
  interventions: Entry[];
  archived: { id: string; code: string; name: string; url: string }[];
}

type Facts = Record<string, Record<string, any>>;

interface SearchDocument {
  id: string; type: string; title: string; url: string; aliases?: string[]; tagline?: string; keywords?: string[]; headings?: string[];
  terms?: number[]; institutions?: string[]; principle?: string[]; open?: number[]; closed?: number[]; standing?: Standing;
  told?: Record<string, number>; ask?: Record<string, number>; unplaced?: true; away?: boolean; ended?: true; suits?: number[]; unseen?: number[]; audience?: string[]; takes?: Record<string, string[]>; amounts?: Record<string, [number | null, number | null]>;
}

interface SearchData {
  version: string; documents: SearchDocument[]; words: string; found_in: string;
  terms?: string[][]; states?: Standing[]; asked?: string[]; synonyms?: Record<string, string[]>; places?: Record<string, string[]>;
  apart?: Record<string, string[]>; cares?: { first?: string[]; names: string[]; text: string }[]; measures?: Measure[];
  sessions?: string; filters?: Filter[];
}

/* What may stand behind a number: with `of` only how it is reckoned in another. */
interface Measure {
  id: string; names: string[]; of?: string; times?: number; label?: string; within?: boolean; page?: string | null;
}

/* What words and numbers choose in the list of sessions: a term by its names, or a class by its measure. */
interface Filter {
  facet: string; id: string; label: string; names?: string[]; meant?: string[]; joins?: boolean; measure?: string; low?: number; high?: number;
}

/** Modules by the last part of their names; only data has a shape of its own here. */
interface Needs { choiceData: Choice; choiceFacts: Facts; guideData: Record<string, Fitting>; searchData: SearchData; [part: string]: any }

interface House {
  define(name: string, needs: string[], factory: (needs: Needs) => any): void;
  ask(names: string[], done: (got: Needs | null) => void): void;
  graph(needs: Record<string, string[]>): void;
  modules: Map<string, any>;
  root: string;
}

declare const Kennisbank: House;

interface Window { Kennisbank: House }

/* Our templates give HTML elements only, and our listeners hear of elements only. */
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
  querySelector(selectors: string): any;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(selectors: K): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface EventTarget { closest(selectors: string): any }
interface HTMLFormControlsCollection { [name: string]: any }
