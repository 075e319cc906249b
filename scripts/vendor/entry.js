/* Entry of the vendor bundle: third-party code only, so that the bundle can be
   made again and compared without touching our own scripts. */
import MiniSearch from "minisearch";
import { stemmer } from "@orama/stemmers/dutch";

globalThis.KennisbankVendor = { MiniSearch, stem: stemmer };
