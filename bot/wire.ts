import { createHash, randomInt, randomUUID } from 'node:crypto';
import { perKnowledge, viewOfCurrent } from '../src/adapters/live-knowledge.js';
import type { Log } from '../src/adapters/log.js';
import { packageVersion } from '../src/adapters/package-version.js';
import { makeAnswers } from '../src/adapters/postgres/answers.js';
import { makeAudit } from '../src/adapters/postgres/audit.js';
import { makeCases } from '../src/adapters/postgres/cases.js';
import { makeChats } from '../src/adapters/postgres/chats.js';
import { makeConflicts } from '../src/adapters/postgres/conflicts.js';
import { makeCuratorTasks } from '../src/adapters/postgres/curator-tasks.js';
import { openEar } from '../src/adapters/postgres/ear.js';
import { makeNotices } from '../src/adapters/postgres/notices.js';
import { makePeople } from '../src/adapters/postgres/people.js';
import { makePeopleChats } from '../src/adapters/postgres/people-chats.js';
import { type StorePool, withClient } from '../src/adapters/postgres/pool.js';
import { makeRetention } from '../src/adapters/postgres/retention.js';
import { makeScreenings } from '../src/adapters/postgres/screenings.js';
import { makeSharedTalk } from '../src/adapters/postgres/shared-talk.js';
import { readCsv } from '../src/adapters/read-csv.js';
import { readDate } from '../src/adapters/read-date.js';
import { drawTimeline } from '../src/adapters/timeline-picture.js';
import type { Config } from '../src/config.js';
import { caseIdSchema, screeningIdSchema } from '../src/core/ids.js';
import type { Knowledge } from '../src/core/knowledge.js';
import { knownWordsOf } from '../src/core/known-words.js';
import { makeRedact } from '../src/core/redact.js';
import type { ReadImport } from '../src/core/summary-timeline.js';
import { readImport as readImportWith } from '../src/core/timeline-imports.js';
import { type After, makeAnswerInTime } from '../src/flows/answer-in-time.js';
import { type AnswerQuestion, makeAnswerQuestion } from '../src/flows/answer-question.js';
import { makeCheckPasted } from '../src/flows/check-wording.js';
import { makeDraftCase } from '../src/flows/draft-case.js';
import { makeEmergencyGuidance } from '../src/flows/emergency-guidance.js';
import { makeEraseExpired } from '../src/flows/erase-expired.js';
import { type AnswerNear, makeAnswerNear } from '../src/flows/find-near.js';
import { makeNoteTasks } from '../src/flows/note-tasks.js';
import type {
  Answers,
  Chats,
  Clock,
  CuratorTasks,
  People,
  PeopleChats,
  Screenings,
} from '../src/flows/ports.js';
import { makeReadNarrative } from '../src/flows/read-narrative.js';
import { makeSendNotices } from '../src/flows/send-notices.js';
import { type Codes, makeShareCase } from '../src/flows/share-case.js';
import { makeStartScreening, type NewIds } from '../src/flows/start-screening.js';
import { makeSummariseCase } from '../src/flows/summarise-case.js';
import { makeTakeReply } from '../src/flows/take-reply.js';
import { type HttpServer, makeHttpServer } from './http.js';
import { makeRepeated } from './repeated.js';
import { type Channel, makeChannel } from './teams/channel.js';
import { forPlayground } from './teams/for-playground.js';
import { type Handler, type HandlerParts, makeHandler } from './teams/handler.js';
import { type InLanguage, makeInLanguage } from './teams/in-language.js';
import { limitTurns, makeIsUrgent } from './teams/limit-turns.js';
import { makeNotify, pageLink, reviewsTab, teamsLink } from './teams/notify.js';
import { makeOnNarrative } from './teams/on-narrative.js';
import { makeOnQuestion } from './teams/on-question.js';
import { makeOnScreening } from './teams/on-screening.js';
import { makeOnSwitchedOff } from './teams/on-switched-off.js';
import { makeOnWording } from './teams/on-wording.js';
import { makeTalk, type Talk } from './teams/talk.js';
import {
  type Watch,
  watchAnswers,
  watchFlow,
  watchModel,
  watchReplies,
  watchRequests,
  watchSendTo,
  watchStarts,
  watchTurns,
} from './watch.js';
import { openLive, openNear } from './wire-knowledge.js';
import { openModel, type WiredModel } from './wire-model.js';
import { openStore } from './wire-store.js';
import { openSwitches, wireAdministration } from './wire-switches.js';
import { type WiredTab, wireTab } from './wire-tab.js';
import { countWaiting, openWatch, watchStore } from './wire-watch.js';

/** The one place where ports meet adapters. Over 200 lines: what is joined to what is read from top to bottom. */
export type Wired = { readonly http: HttpServer; readonly close: () => Promise<void> };

export async function wire(config: Config, log: Log, clock: Clock): Promise<Wired> {
  const watch = await openWatch(config, log, () => countWaiting(opened.pool, clock));
  const joinModel = await openModel(config, log, (ask) => watchModel(watch, ask));
  const [live, opened] = await Promise.all([openLive(config, log), openStore(config, log)]);
  const store = watchStore(watch, opened);
  const knowledge = viewOfCurrent(live.current);
  const findNear = await openNear(config, knowledge, log);
  const { pool, answersPool } = store;
  const switches = await openSwitches(pool, after, log);
  const model = joinModel?.(switches.mayAskModel, clock);
  const answers = makeAnswers(answersPool, (count, error) =>
    log.error('answers-not-recorded', { count }, error),
  );
  const ear = openEar(pool);
  const talk = makeTalk(
    clock,
    makeSharedTalk(pool, ear, (error) => log.error('talk-not-shared', {}, error)),
  );
  const chats = makeChats(
    pool,
    (count, error) => log.error('chats-not-recorded', { count }, error),
    ear,
  );
  const screenings = makeScreenings(pool);
  const people = makePeople(pool, clock);
  const draft = makeDraftCase({ knowledge, people, readImport });
  const [notices, peopleChats] = [makeNotices(pool), makePeopleChats(pool, ear, clock)];
  let port = config.port;
  const send = makeSendNotices({
    notices,
    clock,
    mayTell: async () => (await switches.standing()).isOn,
    tell: makeNotify({
      chats: peopleChats,
      // The way out is made last, since the way in leads to all that comes before it.
      sendTo: watchSendTo(watch, (...given) => channel.sendTo(...given)),
      link: (review) => linkFor(config, port)(review),
    }),
  });
  const messenger = makeRepeated(send, betweenLooksMs, (error) =>
    log.error('notices-not-sent', {}, error),
  );
  const onSaved = messenger.runNow;
  const answering = perKnowledge(live.current, (current) => makeAnswerQuestion(current, clock));
  const answerQuestion: AnswerQuestion = (asked) => answering()(asked);
  const curatorTasks = makeCuratorTasks(pool);
  const shared = {
    ...{ config, knowledge, pool, screenings, people, draft, clock, log },
    ...{ answerQuestion, curatorTasks },
  };
  const tab = wireTab({ ...shared, notices, onSaved });
  const keeper = makeRepeated(tab.keepAll, dayMs, (error) =>
    log.error('commitments-not-kept', {}, error),
  );
  const eraser = makeRepeated(
    makeEraseExpired({ retention: makeRetention(pool), clock }),
    hourMs,
    (error) => log.error('expired-not-erased', {}, error),
  );
  const asked = makeCuratorTasks(answersPool);
  const stores = {
    pool,
    screenings,
    people,
    answers,
    chats,
    talk,
    peopleChats,
    curatorTasks: asked,
  };
  const inLanguage = makeInLanguage(peopleChats, log);
  const isLocal = config.auth.kind === 'anonymous';
  const administration = wireAdministration({
    ...{ config, switches, pool, people, clock, log, version: await packageVersion() },
    ...{ knowledge: live.current, rolesOf: tab.rolesOf },
  });
  const handler = perKnowledge(live.current, (current) =>
    wireHandler(
      current,
      makeAnswerNear(makeAnswerQuestion(current, clock), findNear),
      stores,
      tab,
      { model, ...administration, standing: switches.standing, isLocal, inLanguage, watch },
      log,
      clock,
    ),
  );
  // Only local mode meets the playground, which differs from Teams.
  const everyTurn: Handler['onTurn'] = (turn) =>
    handler().onTurn(isLocal ? forPlayground(turn) : turn);
  const cues = () => knowledge.cues;
  const onTurn = isLocal ? everyTurn : limitTurns(everyTurn, cues, log, inLanguage);
  const channel: Channel = makeChannel({
    auth: config.auth,
    log,
    isUrgent: makeIsUrgent(cues),
    onRetry: watch.metrics.retry,
    ...watchTurns(watch, { onTurn, onFault: (turn, error) => handler().onFault(turn, error) }),
  });
  const http = makeHttpServer({
    host: config.host,
    port: config.port,
    channel,
    log,
    isReady: () => isStoreReady(store.pool),
    clock,
    timeouts: { noticeMs: config.stopNoticeMs },
    addRoutes: (app) => {
      app.use('/tab/api', watchRequests(watch));
      tab.addRoutes(app);
    },
  });
  return {
    http: {
      ...http,
      listen: async () => {
        await watch.listen();
        port = await http.listen();
        messenger.start();
        keeper.start();
        eraser.start();
        return port;
      },
    },
    close: async () => {
      // Told at once, so that none of them begins anything while the turns in flight end.
      const ended = Promise.all([messenger.close(), keeper.close(), eraser.close()]);
      await http.withdraw();
      // Pages that listen would keep the server open.
      tab.close();
      await live.close();
      await http.close();
      await ended;
      await Promise.all([answers.close(), chats.close()]);
      await store.close();
      await watch.close();
    },
  };
}

/** Without a model an answer by words is all there is. */
function answersInTime(knowledge: Knowledge, near: AnswerNear, model: WiredModel | undefined) {
  const never = { waitMs: 0, timeoutMs: 0 };
  return makeAnswerInTime(near, model?.improveWith(knowledge), model?.limits ?? never, after);
}

const after: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

type Stores = {
  readonly pool: StorePool;
  readonly screenings: Screenings;
  readonly people: People;
  readonly answers: Answers;
  readonly chats: Chats;
  readonly talk: Talk;
  readonly peopleChats: PeopleChats;
  readonly curatorTasks: CuratorTasks;
};

function wireHandler(
  knowledge: Knowledge,
  answerNear: AnswerNear,
  { pool, screenings, people, answers, chats, talk, peopleChats, curatorTasks }: Stores,
  { submitReview, listReturned, rolesOf }: WiredTab,
  {
    model,
    isLocal,
    inLanguage,
    watch,
    ...administration
  }: {
    readonly model: WiredModel | undefined;
    readonly isLocal: boolean;
    readonly inLanguage: InLanguage;
    readonly watch: Watch;
  } & Pick<HandlerParts, 'onSwitch' | 'onSelfCheck' | 'standing'>,
  log: Log,
  clock: Clock,
): Handler {
  const [cases, audit, conflicts] = [makeCases(pool), makeAudit(pool), makeConflicts(pool)];
  const onScreening = makeOnScreening({
    knowledge,
    screenings,
    chats,
    takeReply: watchReplies(watch, makeTakeReply(knowledge, screenings, clock, readDate)),
    startScreening: watchStarts(watch, makeStartScreening(knowledge, screenings, clock, newIds)),
    summariseCase: watchFlow(
      watch,
      'summarise-case',
      makeSummariseCase({
        ...{ knowledge, screenings, cases, people, rolesOf, audit, clock, readImport },
      }),
    ),
    drawTimeline,
    shareCase: makeShareCase(screenings, cases, audit, clock, codes),
    cases,
    people,
    submitReview,
    listReturned,
    rolesOf,
    isBarred: conflicts.isBarred,
    audit,
    clock,
  });
  const noteTasks = makeNoteTasks({
    tasks: curatorTasks,
    redact: makeRedact(knownWordsOf(knowledge)),
    clock,
    onFault: (error) => log.error('task-not-kept', {}, error),
  });
  const onQuestion = makeOnQuestion({
    ...{ knowledge, answers, noteTasks, talk, clock, log },
    answerInTime: answersInTime(knowledge, watchAnswers(watch, answerNear), model),
  });
  const onWording = makeOnWording(makeCheckPasted(knowledge), answers, clock, knowledge.version);
  const onNarrative = makeOnNarrative({
    ...{ knowledge, answers, clock, log, timeoutMs: model?.limits.timeoutMs ?? 0 },
    readNarrative: makeReadNarrative({ knowledge, clock, model: model?.narrativeWith(knowledge) }),
  });
  return makeHandler({
    ...{ knowledge, onQuestion, onScreening, onWording, onNarrative, answers, noteTasks },
    ...{ peopleChats, inLanguage },
    ...{ ...administration, isLocal, clock, log },
    onSwitchedOff: makeOnSwitchedOff(
      makeEmergencyGuidance(knowledge, clock),
      administration.onSwitch,
      administration.onSelfCheck,
    ),
  });
}

/** A reminder may come so much later than it is due. */
const betweenLooksMs = 30_000;

/** What is owed changes with the day as well, and with replies that come after a summary was sent. */
const dayMs = 24 * 60 * 60_000;

/** What is kept for days may stand so much longer. */
const hourMs = 60 * 60_000;

/** Where a person told of a review opens it. In Teams the app has the bot's own id. */
function linkFor({ auth, host }: Config, port: number) {
  return auth.kind === 'anonymous'
    ? pageLink(`http://${host.includes(':') ? `[${host}]` : host}:${port}`)
    : teamsLink(auth.appId, reviewsTab);
}

const readImport: ReadImport = (text, today) => readImportWith(text, today, readDate, readCsv);

async function isStoreReady(pool: StorePool) {
  try {
    await withClient(pool, (client) => client.query('select 1'));
    return { isReady: true } as const;
  } catch {
    return { isReady: false, part: 'store' } as const;
  }
}

/** Letters and digits that neither look nor sound alike over the phone; no vowels, so that they spell nothing. */
const readable = 'CDFHJKMPRTWX347';

function readableLetters(): string {
  return Array.from({ length: 8 }, () => readable[randomInt(readable.length)]).join('');
}

/** Only the hash is kept, so that nobody who reads the store is let in by it. */
const codes: Codes = {
  make: () => {
    const letters = readableLetters();
    return `${letters.slice(0, 4)}-${letters.slice(4)}`;
  },
  hash: (code) =>
    createHash('sha256')
      .update(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
      .digest('hex'),
};

const newIds: NewIds = {
  screening: () => screeningIdSchema.parse(randomUUID()),
  case: () => caseIdSchema.parse(randomUUID()),
  caseRef: () => {
    const letters = readableLetters();
    return `SP-${letters.slice(0, 4)}-${letters.slice(4)}`;
  },
};
