/* A session made of blocks: what is wrong with it, and its size as a code. Pure: no DOM, no words.

   A block: {title, minutes, least, most, does, rest, talk, heavy, audiences: [id], whom}; does: "opens", "closes" or "";
   whom: its audiences in words.

   Gives suits(block, blocks, group)   whether a block is for a group of that size, and for whom the session of these is
         judge(blocks, {group, minutes}) -> [{id, values}]   what to tell, worst first; ids are the words warn-<id>
         total(blocks)
         writeSize({signs, length}, {group, minutes}) -> a code of that length; readSize(form, code) -> {group, minutes} */
"use strict";

Kennisbank.define("choose/session", [], () => {
  const BUFFER_SHARE = 10;   // a tenth of the time is kept free, as the check asks of a plan
  const WITHOUT_BREAK = 90;  // minutes
  const MOST_TALK = 3;       // discussions behind one another
  const STEP = 5;            // minutes in a code
  const GROUPS = 64;         // sizes of a group that a code can tell

  function total(blocks) {
    return blocks.reduce((sum, block) => sum + block.minutes, 0);
  }

  function findTime(blocks, minutes) {
    const left = minutes - total(blocks);
    const least = Math.ceil(minutes / BUFFER_SHARE);
    if (left < 0) return [{ id: "over", values: { n: -left } }];
    return left < least ? [{ id: "buffer", values: { n: left, least } }] : [];
  }

  function findEnds(blocks) {
    const opens = blocks.findIndex(block => block.does === "opens");
    const closes = blocks.findLastIndex(block => block.does === "closes");
    return [
      opens < 0 ? "opening" : opens > 0 ? "first" : "",
      closes < 0 ? "closing" : closes < blocks.length - 1 ? "last" : ""
    ].filter(Boolean).map(id => ({ id, values: {} }));
  }

  function findTalk(blocks) {
    let run = [];
    for (const block of blocks) {
      run = block.talk ? run.concat(block.title) : [];
      if (run.length === MOST_TALK) return [{ id: "talk", values: { word: run.join(", ") } }];
    }
    return [];
  }

  function findBreak(blocks) {
    let since = 0;
    for (const block of blocks) {
      since = block.rest ? 0 : since + block.minutes;
      if (since > WITHOUT_BREAK) return [{ id: "no-break", values: {} }];
    }
    return [];
  }

  // The last thing that is done; a quiet end behind it is what a heavy block needs.
  function findHeavy(blocks) {
    const last = blocks[blocks.length - 1];
    return last.heavy ? [{ id: "heavy", values: { word: last.title } }] : [];
  }

  function findGroup(blocks, group) {
    return blocks
      .filter(block => (block.least && group < block.least) || (block.most && group > block.most))
      .map(({ least, most, title }) => ({ id: "group", values: { word: title, least, most } }));
  }

  // The first block says for whom the session is.
  function findAudience(blocks) {
    const [first, ...others] = blocks;
    return others
      .filter(({ audiences }) => !audiences.some(audience => first.audiences.includes(audience)))
      .map(({ title, whom }) => ({ id: "audience", values: { word: title, whom } }));
  }

  function suits(block, blocks, group) {
    return !findGroup([block], group).length && !findAudience([...blocks.slice(0, 1), block]).length;
  }

  function judge(blocks, { group, minutes }) {
    if (!blocks.length) return [];
    return [
      ...findTime(blocks, minutes), ...findEnds(blocks), ...findBreak(blocks), ...findHeavy(blocks), ...findTalk(blocks),
      ...findGroup(blocks, group), ...findAudience(blocks)
    ];
  }

  function writeSize({ length, signs }, { group, minutes }) {
    let number = Math.round(minutes / STEP) * GROUPS + Math.min(group, GROUPS - 1);
    let code = "";
    while (code.length < length) {
      code = signs[number % signs.length] + code;
      number = Math.floor(number / signs.length);
    }
    return code;
  }

  function readSize({ signs }, code) {
    const number = Array.from(code).reduce((sum, sign) => sum * signs.length + signs.indexOf(sign), 0);
    return { group: number % GROUPS, minutes: Math.floor(number / GROUPS) * STEP };
  }

  return { judge, readSize, suits, total, writeSize };
});
