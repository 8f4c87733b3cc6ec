// Derived from the code by `queueapp derive`: what is written here by hand is lost.
// With socket.io-client: const socket: Socket<HeardAtMonitor, Said> = io("/monitor", { auth: { token } });

/** Who did it. The public hears what kind of actor it was, never who. */
export interface Actor {
  kind: "user" | "device" | "ticket" | "system" | "anonymous";
  id: number | null;
}

/** How one branch stands, with its devices and connected screens. */
export interface AdminSnapshot {
  epoch: string;
  heads: Record<string, number>;
  time: string;
  branch: StaffBranchNow;
  services: Array<StaffServiceNow>;
  counters: Array<StaffCounter>;
  tickets: Array<StaffTicket>;
  today: BranchToday;
  longest_wait_s: number;
  devices: Array<DeviceShape>;
  connections: Array<ConnectedScreen>;
}

/** Who sits at a counter. */
export interface Agent {
  id: number;
  name: string;
}

/** The heads there are. */
export interface Alive {
  ok: true;
  heads: Record<string, number>;
  epoch: string;
  time: string;
}

/** The first administrator was made already. */
export type AlreadySetUp = Problem & { code: "AlreadySetUp"; status: 409 };

export interface Approve {
  code: string;
  branch_id: number;
  name: string;
}

export interface AtCounter {
  counter_id: number;
  seat?: string | null;
}

/** Everything a board shows. */
export interface BoardSnapshot {
  epoch: string;
  heads: Record<string, number>;
  time: string;
  branch: BranchNow;
  services: Array<ServiceNow>;
  counters: Array<PublicCounter>;
  tickets: Array<PublicTicket>;
  notices: Array<Record<string, unknown>>;
}

/** {branch} is closed now; it opens at: {opens_at}. */
export type BranchIsClosed = Problem & { code: "BranchIsClosed"; status: 409; branch?: string | number | null; opens_at?: string | number | null };

/** The hall at this moment. */
export interface BranchNow {
  is_open: boolean;
  opens_at: string | null;
  id: number;
  organisation_id: number;
  name: string;
  time_zone: string;
  languages: Array<string>;
  settings: BranchSettings;
  version: number;
}

export interface BranchSettings {
  /** Calls of a ticket before no-show is suggested. */
  recall_limit: number;
  /** Seconds between two calls of the same ticket. */
  recall_cooldown_s: number;
  /** Seconds a called visitor's place is held. */
  come_within_s: number;
  /** Minutes in which a missed ticket may return. */
  grace_minutes: number;
  /** How many waiting people a returned ticket goes behind. */
  return_behind: number;
  /** Minutes after which a ticket on hold is pointed out. */
  hold_warning_minutes: number;
  /** Minutes within which people should be called. */
  target_minutes: number;
  /** Seconds to walk back to the hall; the phone's 'be back by' allows for them. */
  walk_s: number;
  /** How often a visitor may ask for more time. */
  delay_limit: number;
  /** How many people a visitor who asks for more time lets pass. */
  delay_people: number;
}

/** A branch's day so far. */
export interface BranchToday {
  served: number;
}

/** The news of one stream after a cursor; `to` is the cursor after reading it. */
export interface CaughtUp {
  epoch: string;
  stream: string;
  from: number;
  to: number;
  head: number;
  events: Array<Envelope>;
}

export interface Complete {
  counter_id: number;
  seat?: string | null;
  ticket_id?: number | null;
  call_next?: boolean;
}

/** A completed ticket, and whom the same press called. */
export interface CompletedTicket {
  /** Only if the ticket waits. */
  ahead?: number;
  /** Only if the ticket waits. */
  wait?: OwnWait | null;
  id: number;
  number: string;
  service_id: number;
  branch_id: number;
  status: "waiting" | "called" | "serving" | "held" | "missed" | "completed" | "cancelled";
  rank: number;
  priority: "normal" | "priority" | "appointment" | "returned";
  counter_id: number | null;
  counter: string | null;
  language: string;
  created_at: string;
  called_at: string | null;
  recalled_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  missed_at: string | null;
  recalls: number;
  version: number;
  agent_id: number | null;
  arrived_at: string;
  held_at: string | null;
  on_my_way_at: string | null;
  delays: number;
  stars: number | null;
  destination_id: number | null;
  source: "kiosk" | "reception" | "phone" | "poster";
  note: string | null;
  hold_reason: string | null;
  held_from: "called" | "serving" | null;
  called: StaffTicketInLine | null;
}

/** One screen's socket in one namespace. */
export interface ConnectedScreen {
  sid: string;
  namespace: string;
  who: string;
  kind: string;
  id: number | null;
  page: string;
  since: string;
  last_seen_s: number;
  rtt_ms: number | null;
  audio: string | null;
  heads: Record<string, number>;
}

/** Who is connected, and how many per namespace. */
export interface Connections {
  items: Array<ConnectedScreen>;
  counts: Record<string, number>;
}

/** How many screens are connected, per namespace. */
export interface ConnectionsUpdated {
  branch_id: number;
  counts: Record<string, number>;
}

/** What one counter is doing, in public terms; once a second at most, to those who joined the counter. */
export interface CounterActivity {
  counter_id: number;
  name: string;
  status: "open" | "paused" | "closed";
  ticket: TicketInBrief | null;
}

/** Counter {counter} still has {number}; complete, hold or transfer it first. */
export type CounterIsBusy = Problem & { code: "CounterIsBusy"; status: 409; counter?: string | number | null; number?: string | number | null };

/** Counter {counter} is not open. */
export type CounterIsClosed = Problem & { code: "CounterIsClosed"; status: 409; counter?: string | number | null };

/** Counter {counter} is in use elsewhere. */
export type CounterIsTaken = Problem & { code: "CounterIsTaken"; status: 409; counter?: string | number | null };

/** A counter's day so far. */
export interface CounterToday {
  served: number;
  average_s: number;
}

/** The request came from another site and was not carried out. */
export type CrossSiteRequest = Problem & { code: "CrossSiteRequest"; status: 403 };

/** What was missed is no longer kept, or belongs to another history; take a snapshot. */
export type CursorTooOld = Problem & { code: "CursorTooOld"; status: 410 };

/** {number} was put back {limit} times already. */
export type DelaysUsedUp = Problem & { code: "DelaysUsedUp"; status: 409; number?: string | number | null; limit?: string | number | null };

/** It is out. */
export interface Deleted {
  deleted: number;
}

/** An enrolled screen. */
export interface DeviceShape {
  id: number;
  organisation_id: number;
  branch_id: number;
  kind: "kiosk" | "board" | "station";
  name: string;
  created_at: string;
  version: number;
}

/** It was carried out. */
export interface Done {
  ok: true;
}

export interface EditBranch {
  version?: number;
  name: string;
  time_zone?: string;
  opening_hours?: Record<string, unknown>;
  languages?: Array<string>;
  ordering?: Record<string, unknown>;
  settings?: Partial<Record<"recall_limit" | "recall_cooldown_s" | "come_within_s" | "grace_minutes" | "return_behind" | "hold_warning_minutes" | "target_minutes" | "walk_s" | "delay_limit" | "delay_people", number>>;
}

export interface EditBranchPartly {
  version?: number;
  name?: string;
  time_zone?: string;
  opening_hours?: Record<string, unknown>;
  languages?: Array<string>;
  ordering?: Record<string, unknown>;
  settings?: Partial<Record<"recall_limit" | "recall_cooldown_s" | "come_within_s" | "grace_minutes" | "return_behind" | "hold_warning_minutes" | "target_minutes" | "walk_s" | "delay_limit" | "delay_people", number>>;
}

export interface EditCounter {
  version?: number;
  branch_id: number;
  name: string;
  kind?: string;
  place?: string | null;
  services?: Array<ServedHere>;
  service_ids?: Array<number>;
}

export interface EditCounterPartly {
  version?: number;
  branch_id?: number;
  name?: string;
  kind?: string;
  place?: string | null;
  services?: Array<ServedHere>;
  service_ids?: Array<number>;
}

export interface EditDevice {
  version?: number;
  branch_id: number;
  kind: "kiosk" | "board" | "station";
  name: string;
}

export interface EditDevicePartly {
  version?: number;
  branch_id?: number;
  kind?: "kiosk" | "board" | "station";
  name?: string;
}

export interface EditOrganisationPartly {
  version?: number;
  name?: string;
}

export interface EditService {
  version?: number;
  branch_id: number;
  letter: string;
  names: Record<string, string>;
  position?: number;
  expected_minutes?: number;
  daily_quota?: number | null;
  is_open?: boolean;
  opens_at?: string | null;
  first_number?: number;
  last_number?: number;
  number_step?: number;
  wraps?: boolean;
}

export interface EditServicePartly {
  version?: number;
  branch_id?: number;
  letter?: string;
  names?: Record<string, string>;
  position?: number;
  expected_minutes?: number;
  daily_quota?: number | null;
  is_open?: boolean;
  opens_at?: string | null;
  first_number?: number;
  last_number?: number;
  number_step?: number;
  wraps?: boolean;
}

export interface EditUser {
  version?: number;
  username: string;
  name: string;
  role: "agent" | "supervisor" | "admin";
  branch_id?: number | null;
  password?: string;
  is_active?: boolean;
}

export interface EditUserPartly {
  version?: number;
  username?: string;
  name?: string;
  role?: "agent" | "supervisor" | "admin";
  branch_id?: number | null;
  password?: string;
  is_active?: boolean;
}

/** One line of news: `seq` is gap-free in its stream, `eid` is the same in every stream that tells it. */
export interface Envelope {
  stream: string;
  seq: number;
  epoch: string;
  eid: string;
  branch_id: number;
  type: string;
  at: string;
  actor: Actor;
  data: Record<string, unknown>;
  /** Only if queue figures changed. */
  stats?: Stats;
}

/** Something that a screen said was refused; `code` is a refusal's. */
export interface Failure {
  event: string;
  code: string;
  detail: string;
}

export interface FirstAdministrator {
  username: string;
  password: string;
  name?: string;
  organisation?: string;
}

/** Tickets of today, newest first. */
export interface FoundTickets {
  tickets: Array<StaffTicket>;
}

/** A hall as its administrators edit it. */
export interface FullBranch {
  id: number;
  organisation_id: number;
  name: string;
  time_zone: string;
  languages: Array<string>;
  settings: BranchSettings;
  version: number;
  opening_hours: Partial<Record<"mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun", Array<Array<string>>>>;
  ordering: Ordering;
  poster_token: string;
}

/** A service as administrators edit it. */
export interface FullService {
  id: number;
  branch_id: number;
  letter: string;
  names: Record<string, string>;
  position: number;
  expected_minutes: number;
  is_open: boolean;
  opens_at: string | null;
  version: number;
  daily_quota: number | null;
  first_number: number;
  last_number: number;
  number_step: number;
  wraps: boolean;
}

/** A second's news of the hall in one packet, for phones. */
export interface Gathered {
  stream: string;
  epoch: string;
  from: number;
  to: number;
  events: Array<PublicNews>;
}

/** The time to return with {number} is over; take a new ticket. */
export type GraceIsOver = Problem & { code: "GraceIsOver"; status: 409; number?: string | number | null };

/** This process is alive. */
export interface Health {
  ok: boolean;
}

export interface Heartbeat {
  heads?: Record<string, number>;
  page?: string | null;
  audio?: "ok" | "blocked" | "no-voice" | "muted" | null;
  rtt_ms?: number | null;
}

/** One act in a ticket's life. */
export interface HistoryLine {
  at: string;
  act: "call" | "recall" | "start" | "complete" | "miss" | "return" | "hold" | "resume" | "transfer" | "cancel" | "delay" | "come" | "note" | "rate" | "issue" | "undo";
  counter: string | null;
  who: string | null;
}

export interface Hold {
  counter_id: number;
  seat?: string | null;
  ticket_id?: number | null;
  reason?: string | null;
}

/** Some fields were not accepted; `errors` names each of them. */
export type InvalidInput = Problem & { code: "InvalidInput"; status: 422; errors?: Record<string, unknown> };

export interface IssueTicket {
  service_id: number;
  language?: string | null;
  priority?: "normal" | "priority" | "appointment" | "returned";
  source?: "kiosk" | "reception" | "phone" | "poster";
  needs?: Array<"seat" | "sign-language" | "more-time">;
}

/** A new ticket with its secret addresses; staff are told a StaffTicket's fields as well. */
export interface IssuedTicket {
  /** Only if the ticket waits. */
  ahead?: number;
  /** Only if the ticket waits. */
  wait?: OwnWait | null;
  id: number;
  number: string;
  service_id: number;
  branch_id: number;
  status: "waiting" | "called" | "serving" | "held" | "missed" | "completed" | "cancelled";
  rank: number;
  priority: "normal" | "priority" | "appointment" | "returned";
  counter_id: number | null;
  counter: string | null;
  language: string;
  created_at: string;
  called_at: string | null;
  recalled_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  missed_at: string | null;
  recalls: number;
  version: number;
  agent_id: number | null;
  arrived_at: string;
  held_at: string | null;
  on_my_way_at: string | null;
  delays: number;
  stars: number | null;
  tracking_url: string;
  qr_svg_url: string;
}

export interface JoinCounter {
  counter_id: number;
}

export interface JoinQueue {
  branch_id?: number;
  poster_token?: string;
  service_id: number;
  language?: string | null;
}

export interface JoinService {
  service_id: number;
}

/** From now on the room is heard; a stream's head says where it stands. */
export interface Joined {
  ok: true;
  room: string;
  /** Only if the room is a stream. */
  stream?: string;
  /** Only if the room is a stream. */
  heads?: Record<string, number>;
}

/** This Idempotency-Key was used for another request. */
export type KeyUsedForAnother = Problem & { code: "KeyUsedForAnother"; status: 409 };

/** Everything a kiosk shows. */
export interface KioskSnapshot {
  epoch: string;
  heads: Record<string, number>;
  time: string;
  branch: BranchNow;
  services: Array<ServiceNow>;
  counters: Array<PublicCounter>;
  tickets: Array<PublicTicket>;
}

/** At least one administrator has to stay. */
export type LastAdmin = Problem & { code: "LastAdmin"; status: 409 };

/** Who was called last for a service. */
export interface LastCalled {
  number: string;
  called_at: string;
}

/** The room is heard no more. */
export interface Left {
  ok: true;
  room: string;
}

/** The letter {letter} already belongs to {service}. */
export type LetterIsTaken = Problem & { code: "LetterIsTaken"; status: 409; letter?: string | number | null; service?: string | number | null };

/** A device with its token and enrolment link, which are told now and kept nowhere. */
export interface MadeDevice {
  id: number;
  organisation_id: number;
  branch_id: number;
  kind: "kiosk" | "board" | "station";
  name: string;
  created_at: string;
  version: number;
  token: string;
  url: string;
}

/** A new person; the one-time password is told now and kept nowhere. */
export interface MadeUser {
  id: number;
  organisation_id: number;
  branch_id: number | null;
  username: string;
  name: string;
  role: "agent" | "supervisor" | "admin";
  is_active: boolean;
  version: number;
  /** Only if none was chosen. */
  password?: string;
}

/** What was sent could not be read: {reason}. */
export type MalformedRequest = Problem & { code: "MalformedRequest"; status: 400; reason?: string | number | null };

/** What one stream said in between. */
export interface Missed {
  from: number;
  to: number;
  events: Array<Envelope>;
}

/** There already is {name}. */
export type NameIsTaken = Problem & { code: "NameIsTaken"; status: 409; name?: string | number | null };

/** Who would be called next here, and why. */
export interface NextTicket {
  ticket_id: number;
  reason: Reason;
}

/** There is no such {what}. */
export type NoSuchThing = Problem & { code: "NoSuchThing"; status: 404; what?: string | number | null };

/** Counter {counter} has no ticket for that. */
export type NoTicketHere = Problem & { code: "NoTicketHere"; status: 409; counter?: string | number | null };

/** Nobody is waiting for what counter {counter} serves. */
export type NobodyIsWaiting = Problem & { code: "NobodyIsWaiting"; status: 409; counter?: string | number | null };

/** This is not yours to see or to change. */
export type NotYours = Problem & { code: "NotYours"; status: 403 };

export interface Note {
  counter_id: number;
  seat?: string | null;
  ticket_id?: number | null;
  text: string;
}

/** An empty object. */
export interface Nothing {
}

/** There is nothing here that can still be undone. */
export type NothingToUndo = Problem & { code: "NothingToUndo"; status: 409 };

/** {service} has no numbers left for today. */
export type NumbersExhausted = Problem & { code: "NumbersExhausted"; status: 409; service?: string | number | null };

export interface OnThisTicket {
  counter_id: number;
  seat?: string | null;
  ticket_id: number;
}

export interface OnTicket {
  counter_id: number;
  seat?: string | null;
  ticket_id?: number | null;
}

/** A terminal's own counter, with the ticket that is there. */
export interface OpenCounter {
  id: number;
  branch_id: number;
  name: string;
  kind: string;
  place: string | null;
  status: "open" | "paused" | "closed";
  service_ids: Array<number>;
  version: number;
  agent: Agent | null;
  seat: string | null;
  opened_at: string | null;
  services: Array<WeightedService>;
  ticket_id: number | null;
}

/** How a branch orders its lines. */
export interface Ordering {
  policy: "arrival" | "head-starts";
  /** Only if head starts were chosen. */
  head_starts_s?: Partial<Record<"normal" | "priority" | "appointment" | "returned", number>>;
}

/** A tenant. */
export interface OrganisationShape {
  id: number;
  name: string;
  created_at: string;
  version: number;
}

export type OwnNews = OwnTicketCalled | OwnTicketCancelled | OwnTicketCompleted | OwnTicketCorrected | OwnTicketCreated | OwnTicketHeld | OwnTicketMissed | OwnTicketRecalled | OwnTicketResumed | OwnTicketReturned | OwnTicketStarted | OwnTicketTransferred;

/** A ticket as its holder sees it. */
export interface OwnTicket {
  id: number;
  number: string;
  service_id: number;
  branch_id: number;
  status: "waiting" | "called" | "serving" | "held" | "missed" | "completed" | "cancelled";
  rank: number;
  priority: "normal" | "priority" | "appointment" | "returned";
  counter_id: number | null;
  counter: string | null;
  language: string;
  created_at: string;
  called_at: string | null;
  recalled_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  missed_at: string | null;
  recalls: number;
  version: number;
  agent_id: number | null;
  arrived_at: string;
  held_at: string | null;
  on_my_way_at: string | null;
  delays: number;
  stars: number | null;
}

/** A counter called a ticket; boards show it, the holder's phone turns yellow. */
export type OwnTicketCalled = Envelope & { type: "ticket-called"; data: OwnTicketData };

/** The visitor left, staff took the ticket out, or its day ended. */
export type OwnTicketCancelled = Envelope & { type: "ticket-cancelled"; data: OwnTicketData };

/** Served. */
export type OwnTicketCompleted = Envelope & { type: "ticket-completed"; data: OwnTicketData };

/** The ticket was set right without a step in its life: an undo, a note, more time, "on my way", a rating. */
export type OwnTicketCorrected = Envelope & { type: "ticket-corrected"; data: OwnTicketData };

/** A visitor took a ticket; it waits in its service's line. */
export type OwnTicketCreated = Envelope & { type: "ticket-created"; data: OwnTicketData };

export interface OwnTicketData {
  ticket: OwnTicket;
  /** The place in a line that it had; only if that changed. */
  left?: QueuePlace;
  /** The place in a line that it has now; only if that changed. */
  entered?: QueuePlace;
}

/** The ticket was set aside at its counter and stays that counter's. */
export type OwnTicketHeld = Envelope & { type: "ticket-held"; data: OwnTicketData };

/** A ticket as its holder sees it, with its place. */
export interface OwnTicketInLine {
  /** Only if the ticket waits. */
  ahead?: number;
  /** Only if the ticket waits. */
  wait?: OwnWait | null;
  id: number;
  number: string;
  service_id: number;
  branch_id: number;
  status: "waiting" | "called" | "serving" | "held" | "missed" | "completed" | "cancelled";
  rank: number;
  priority: "normal" | "priority" | "appointment" | "returned";
  counter_id: number | null;
  counter: string | null;
  language: string;
  created_at: string;
  called_at: string | null;
  recalled_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  missed_at: string | null;
  recalls: number;
  version: number;
  agent_id: number | null;
  arrived_at: string;
  held_at: string | null;
  on_my_way_at: string | null;
  delays: number;
  stars: number | null;
}

/** Nobody came; the holder may return within the branch's grace. */
export type OwnTicketMissed = Envelope & { type: "ticket-missed"; data: OwnTicketData };

/** A counter called a ticket again; boards show "called again" and sound once more. */
export type OwnTicketRecalled = Envelope & { type: "ticket-recalled"; data: OwnTicketData };

/** A held ticket goes on where it was set aside, at the same or another counter. */
export type OwnTicketResumed = Envelope & { type: "ticket-resumed"; data: OwnTicketData };

/** A missed ticket waits again, a few places behind the head of the line. */
export type OwnTicketReturned = Envelope & { type: "ticket-returned"; data: OwnTicketData };

/** The visitor is at the counter; service has begun. */
export type OwnTicketStarted = Envelope & { type: "ticket-started"; data: OwnTicketData };

/** The ticket waits in another line, by default with its old time of arrival. */
export type OwnTicketTransferred = Envelope & { type: "ticket-transferred"; data: OwnTicketData };

/** The holder's own range, and when to be back in the hall. */
export interface OwnWait {
  low_s: number;
  high_s: number;
  be_back_by: string;
}

export interface PageNavigate {
  path: string;
}

export interface Pair {
  kind?: "kiosk" | "board" | "station";
  pairing_secret?: string;
}

/** A code to show, and the secret to ask again with. */
export interface PairingBegun {
  code: string;
  pairing_secret: string;
  expires_in: number;
}

/** This pairing code is unknown, used or too old; the screen shows a new one. */
export type PairingIsOver = Problem & { code: "PairingIsOver"; status: 409 };

/** Whether an administrator has approved the screen. */
export interface PairingState {
  status: "waiting" | "approved";
  /** Only if approved. */
  token?: string;
  /** Only if approved. */
  url?: string;
}

/** A refusal (RFC 9457): `code` is its name, `detail` a sentence for people. It changed nothing. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
}

/** A hall as everybody may see it. */
export interface PublicBranch {
  id: number;
  organisation_id: number;
  name: string;
  time_zone: string;
  languages: Array<string>;
  settings: BranchSettings;
  version: number;
}

export interface PublicBranchData {
  branch: PublicBranch;
}

/** A counter as everybody may see it. */
export interface PublicCounter {
  id: number;
  branch_id: number;
  name: string;
  kind: string;
  place: string | null;
  status: "open" | "paused" | "closed";
  service_ids: Array<number>;
  version: number;
}

/** The counter has no agent. */
export type PublicCounterClosed = Envelope & { type: "counter-closed"; data: PublicCounterData };

export interface PublicCounterData {
  counter: PublicCounter;
}

/** An agent sat down, or took the counter over from another seat. */
export type PublicCounterOpened = Envelope & { type: "counter-opened"; data: PublicCounterData };

/** A break: nobody is called until it opens again. */
export type PublicCounterPaused = Envelope & { type: "counter-paused"; data: PublicCounterData };

/** Name, place or services of a counter changed, or it was taken out. */
export type PublicCounterUpdated = Envelope & { type: "counter-updated"; data: PublicCounterData };

export type PublicNews = PublicCounterClosed | PublicCounterOpened | PublicCounterPaused | PublicCounterUpdated | PublicQuotaExhausted | PublicServiceCreated | PublicServiceDeleted | PublicServiceUpdated | PublicSettingsUpdated | PublicTicketCalled | PublicTicketCancelled | PublicTicketCompleted | PublicTicketCorrected | PublicTicketCreated | PublicTicketHeld | PublicTicketMissed | PublicTicketRecalled | PublicTicketResumed | PublicTicketReturned | PublicTicketStarted | PublicTicketTransferred;

/** The last ticket of a service for today was taken. */
export type PublicQuotaExhausted = Envelope & { type: "quota-exhausted"; data: PublicServiceData };

/** What people come for, as everybody may see it. */
export interface PublicService {
  id: number;
  branch_id: number;
  letter: string;
  names: Record<string, string>;
  position: number;
  expected_minutes: number;
  is_open: boolean;
  opens_at: string | null;
  version: number;
}

/** The branch offers a new service. */
export type PublicServiceCreated = Envelope & { type: "service-created"; data: PublicServiceData };

export interface PublicServiceData {
  service: PublicService;
}

/** The branch no longer offers a service. */
export type PublicServiceDeleted = Envelope & { type: "service-deleted"; data: PublicServiceData };

/** A service was changed, opened or closed. */
export type PublicServiceUpdated = Envelope & { type: "service-updated"; data: PublicServiceData };

/** The branch itself changed: name, hours, languages, order or settings. */
export type PublicSettingsUpdated = Envelope & { type: "settings-updated"; data: PublicBranchData };

/** A ticket as halls, kiosks and other people's phones may see it: numbers and places, nothing about a person. */
export interface PublicTicket {
  id: number;
  number: string;
  service_id: number;
  branch_id: number;
  status: "waiting" | "called" | "serving" | "held" | "missed" | "completed" | "cancelled";
  rank: number;
  priority: "normal" | "priority" | "appointment" | "returned";
  counter_id: number | null;
  counter: string | null;
  language: string;
  created_at: string;
  called_at: string | null;
  recalled_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  missed_at: string | null;
  recalls: number;
  version: number;
}

/** A counter called a ticket; boards show it, the holder's phone turns yellow. */
export type PublicTicketCalled = Envelope & { type: "ticket-called"; data: PublicTicketData };

/** The visitor left, staff took the ticket out, or its day ended. */
export type PublicTicketCancelled = Envelope & { type: "ticket-cancelled"; data: PublicTicketData };

/** Served. */
export type PublicTicketCompleted = Envelope & { type: "ticket-completed"; data: PublicTicketData };

/** The ticket was set right without a step in its life: an undo, a note, more time, "on my way", a rating. */
export type PublicTicketCorrected = Envelope & { type: "ticket-corrected"; data: PublicTicketData };

/** A visitor took a ticket; it waits in its service's line. */
export type PublicTicketCreated = Envelope & { type: "ticket-created"; data: PublicTicketData };

export interface PublicTicketData {
  ticket: PublicTicket;
  /** The place in a line that it had; only if that changed. */
  left?: QueuePlace;
  /** The place in a line that it has now; only if that changed. */
  entered?: QueuePlace;
}

/** The ticket was set aside at its counter and stays that counter's. */
export type PublicTicketHeld = Envelope & { type: "ticket-held"; data: PublicTicketData };

/** Nobody came; the holder may return within the branch's grace. */
export type PublicTicketMissed = Envelope & { type: "ticket-missed"; data: PublicTicketData };

/** A counter called a ticket again; boards show "called again" and sound once more. */
export type PublicTicketRecalled = Envelope & { type: "ticket-recalled"; data: PublicTicketData };

/** A held ticket goes on where it was set aside, at the same or another counter. */
export type PublicTicketResumed = Envelope & { type: "ticket-resumed"; data: PublicTicketData };

/** A missed ticket waits again, a few places behind the head of the line. */
export type PublicTicketReturned = Envelope & { type: "ticket-returned"; data: PublicTicketData };

/** The visitor is at the counter; service has begun. */
export type PublicTicketStarted = Envelope & { type: "ticket-started"; data: PublicTicketData };

/** The ticket waits in another line, by default with its old time of arrival. */
export type PublicTicketTransferred = Envelope & { type: "ticket-transferred"; data: PublicTicketData };

/** How a service's queue stands. */
export interface QueueFigures {
  service_id: number;
  waiting: number;
  wait: Wait | null;
  quota_left: number | null;
}

/** A place in a service's line, which is ordered by (rank, id). */
export interface QueuePlace {
  service_id: number;
  rank: number;
  id: number;
}

/** How one service's line stands; once a second at most, to those who joined the service. */
export interface QueueUpdated {
  service_id: number;
  waiting: number;
  wait: Wait | null;
  quota_left: number | null;
  longest_wait_s: number;
  open_counters: number;
}

/** All tickets of {service} for today are taken. */
export type QuotaExhausted = Problem & { code: "QuotaExhausted"; status: 409; service?: string | number | null };

export interface Rate {
  stars: number;
  comment?: string | null;
}

/** Whether this process can work. */
export interface Readiness {
  ok: boolean;
  checks: Record<string, string>;
}

/** Why a ticket is the next one, as a code. */
export interface Reason {
  code: string;
}

export interface RefreshToken {
  token: string;
}

/** It was not carried out; `code` is a refusal's. */
export interface Refused {
  ok: false;
  code: string;
  detail: string;
}

/** That was larger than anything this door needs. */
export type RequestTooLarge = Problem & { code: "RequestTooLarge"; status: 413 };

export interface Resume {
  epoch: string;
  after: Record<string, number>;
}

/** What was missed, per stream; with `reset` it can not be told gap-free: take a snapshot. */
export interface Resumed {
  ok: true;
  epoch: string;
  /** Only if nothing is lost. */
  streams?: Record<string, Missed>;
  /** Only if something is lost. */
  reset?: boolean;
}

export interface Room {
  room: string;
}

export interface ServedHere {
  service_id: number;
  weight_s?: number;
}

/** The server is about to stop; come back after this while, which differs from screen to screen. */
export interface ServerStopping {
  retry_in_ms: number;
  time: string;
}

/** {service} is closed now; it opens at: {opens_at}. */
export type ServiceIsClosed = Problem & { code: "ServiceIsClosed"; status: 409; service?: string | number | null; opens_at?: string | number | null };

/** A service at this moment. */
export interface ServiceNow {
  name: string;
  waiting: number;
  wait: Wait | null;
  quota_left: number | null;
  id: number;
  branch_id: number;
  letter: string;
  names: Record<string, string>;
  position: number;
  expected_minutes: number;
  is_open: boolean;
  opens_at: string | null;
  version: number;
}

/** A short JWT for sockets and API. */
export interface ShortToken {
  access_token: string;
  expires_in: number;
}

export interface SignIn {
  username: string;
  password: string;
}

/** A person who signed in, and where their work begins. */
export interface SignedIn {
  access_token: string;
  expires_in: number;
  user: UserShape;
  next: string;
}

/** The sign-in has ended. */
export interface SignedOut {
  signed_out: boolean;
}

export interface StaffBranchData {
  branch: FullBranch;
}

/** The hall at this moment, as its staff see it. */
export interface StaffBranchNow {
  is_open: boolean;
  opens_at: string | null;
  id: number;
  organisation_id: number;
  name: string;
  time_zone: string;
  languages: Array<string>;
  settings: BranchSettings;
  version: number;
  opening_hours: Partial<Record<"mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun", Array<Array<string>>>>;
  ordering: Ordering;
  poster_token: string;
}

/** A counter as the branch's staff see it. */
export interface StaffCounter {
  id: number;
  branch_id: number;
  name: string;
  kind: string;
  place: string | null;
  status: "open" | "paused" | "closed";
  service_ids: Array<number>;
  version: number;
  agent: Agent | null;
  seat: string | null;
  opened_at: string | null;
  services: Array<WeightedService>;
}

/** The counter has no agent. */
export type StaffCounterClosed = Envelope & { type: "counter-closed"; data: StaffCounterData };

export interface StaffCounterData {
  counter: StaffCounter;
}

/** An agent sat down, or took the counter over from another seat. */
export type StaffCounterOpened = Envelope & { type: "counter-opened"; data: StaffCounterData };

/** A break: nobody is called until it opens again. */
export type StaffCounterPaused = Envelope & { type: "counter-paused"; data: StaffCounterData };

/** Name, place or services of a counter changed, or it was taken out. */
export type StaffCounterUpdated = Envelope & { type: "counter-updated"; data: StaffCounterData };

export type StaffNews = StaffCounterClosed | StaffCounterOpened | StaffCounterPaused | StaffCounterUpdated | StaffQuotaExhausted | StaffServiceCreated | StaffServiceDeleted | StaffServiceUpdated | StaffSettingsUpdated | StaffTicketCalled | StaffTicketCancelled | StaffTicketCompleted | StaffTicketCorrected | StaffTicketCreated | StaffTicketHeld | StaffTicketMissed | StaffTicketRecalled | StaffTicketResumed | StaffTicketReturned | StaffTicketStarted | StaffTicketTransferred;

/** The last ticket of a service for today was taken. */
export type StaffQuotaExhausted = Envelope & { type: "quota-exhausted"; data: StaffServiceData };

/** The branch offers a new service. */
export type StaffServiceCreated = Envelope & { type: "service-created"; data: StaffServiceData };

export interface StaffServiceData {
  service: FullService;
}

/** The branch no longer offers a service. */
export type StaffServiceDeleted = Envelope & { type: "service-deleted"; data: StaffServiceData };

/** A service at this moment, as its staff see it. */
export interface StaffServiceNow {
  name: string;
  waiting: number;
  wait: Wait | null;
  quota_left: number | null;
  id: number;
  branch_id: number;
  letter: string;
  names: Record<string, string>;
  position: number;
  expected_minutes: number;
  is_open: boolean;
  opens_at: string | null;
  version: number;
  daily_quota: number | null;
  first_number: number;
  last_number: number;
  number_step: number;
  wraps: boolean;
}

/** A service was changed, opened or closed. */
export type StaffServiceUpdated = Envelope & { type: "service-updated"; data: StaffServiceData };

/** The branch itself changed: name, hours, languages, order or settings. */
export type StaffSettingsUpdated = Envelope & { type: "settings-updated"; data: StaffBranchData };

/** The hall as its staff see it. */
export interface StaffSnapshot {
  epoch: string;
  heads: Record<string, number>;
  time: string;
  branch: StaffBranchNow;
  services: Array<StaffServiceNow>;
  counters: Array<StaffCounter>;
}

/** A ticket as the branch's staff see it. */
export interface StaffTicket {
  id: number;
  number: string;
  service_id: number;
  branch_id: number;
  status: "waiting" | "called" | "serving" | "held" | "missed" | "completed" | "cancelled";
  rank: number;
  priority: "normal" | "priority" | "appointment" | "returned";
  counter_id: number | null;
  counter: string | null;
  language: string;
  created_at: string;
  called_at: string | null;
  recalled_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  missed_at: string | null;
  recalls: number;
  version: number;
  agent_id: number | null;
  arrived_at: string;
  held_at: string | null;
  on_my_way_at: string | null;
  delays: number;
  stars: number | null;
  destination_id: number | null;
  source: "kiosk" | "reception" | "phone" | "poster";
  note: string | null;
  hold_reason: string | null;
  held_from: "called" | "serving" | null;
}

/** A counter called a ticket; boards show it, the holder's phone turns yellow. */
export type StaffTicketCalled = Envelope & { type: "ticket-called"; data: StaffTicketData };

/** The visitor left, staff took the ticket out, or its day ended. */
export type StaffTicketCancelled = Envelope & { type: "ticket-cancelled"; data: StaffTicketData };

/** Served. */
export type StaffTicketCompleted = Envelope & { type: "ticket-completed"; data: StaffTicketData };

/** The ticket was set right without a step in its life: an undo, a note, more time, "on my way", a rating. */
export type StaffTicketCorrected = Envelope & { type: "ticket-corrected"; data: StaffTicketData };

/** A visitor took a ticket; it waits in its service's line. */
export type StaffTicketCreated = Envelope & { type: "ticket-created"; data: StaffTicketData };

export interface StaffTicketData {
  ticket: StaffTicket;
  /** The place in a line that it had; only if that changed. */
  left?: QueuePlace;
  /** The place in a line that it has now; only if that changed. */
  entered?: QueuePlace;
}

/** The ticket was set aside at its counter and stays that counter's. */
export type StaffTicketHeld = Envelope & { type: "ticket-held"; data: StaffTicketData };

/** A ticket as the branch's staff see it, with its place. */
export interface StaffTicketInLine {
  /** Only if the ticket waits. */
  ahead?: number;
  /** Only if the ticket waits. */
  wait?: OwnWait | null;
  id: number;
  number: string;
  service_id: number;
  branch_id: number;
  status: "waiting" | "called" | "serving" | "held" | "missed" | "completed" | "cancelled";
  rank: number;
  priority: "normal" | "priority" | "appointment" | "returned";
  counter_id: number | null;
  counter: string | null;
  language: string;
  created_at: string;
  called_at: string | null;
  recalled_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  missed_at: string | null;
  recalls: number;
  version: number;
  agent_id: number | null;
  arrived_at: string;
  held_at: string | null;
  on_my_way_at: string | null;
  delays: number;
  stars: number | null;
  destination_id: number | null;
  source: "kiosk" | "reception" | "phone" | "poster";
  note: string | null;
  hold_reason: string | null;
  held_from: "called" | "serving" | null;
}

/** Nobody came; the holder may return within the branch's grace. */
export type StaffTicketMissed = Envelope & { type: "ticket-missed"; data: StaffTicketData };

/** A counter called a ticket again; boards show "called again" and sound once more. */
export type StaffTicketRecalled = Envelope & { type: "ticket-recalled"; data: StaffTicketData };

/** A held ticket goes on where it was set aside, at the same or another counter. */
export type StaffTicketResumed = Envelope & { type: "ticket-resumed"; data: StaffTicketData };

/** A missed ticket waits again, a few places behind the head of the line. */
export type StaffTicketReturned = Envelope & { type: "ticket-returned"; data: StaffTicketData };

/** The visitor is at the counter; service has begun. */
export type StaffTicketStarted = Envelope & { type: "ticket-started"; data: StaffTicketData };

/** The ticket waits in another line, by default with its old time of arrival. */
export type StaffTicketTransferred = Envelope & { type: "ticket-transferred"; data: StaffTicketData };

/** Somebody changed this while it was being edited; it is at version {version} now. */
export type StaleVersion = Problem & { code: "StaleVersion"; status: 409; version?: string | number | null };

/** The queue figures that changed. */
export interface Stats {
  services: Array<QueueFigures>;
}

/** {name} is still in use: {why}. */
export type StillInUse = Problem & { code: "StillInUse"; status: 409; name?: string | number | null; why?: string | number | null };

/** Everything a terminal shows. */
export interface TerminalSnapshot {
  epoch: string;
  heads: Record<string, number>;
  time: string;
  branch: StaffBranchNow;
  services: Array<StaffServiceNow>;
  counters: Array<StaffCounter>;
  counter: OpenCounter;
  tickets: Array<StaffTicket>;
  next: NextTicket | null;
  undo: UndoOffer | null;
  usual: Record<string, UsualTime | null>;
  history: Array<HistoryLine>;
  today: CounterToday;
}

/** How far a stream is, every few seconds: a screen that is behind asks, one that hears nothing says so. */
export interface Tick {
  epoch: string;
  time: string;
  heads: Record<string, number>;
}

/** {number} was just called by counter {counter}. */
export type TicketAlreadyCalled = Problem & { code: "TicketAlreadyCalled"; status: 409; number?: string | number | null; counter?: string | number | null };

/** {number} is {state}; it can not be {act} now. */
export type TicketCanNotMove = Problem & { code: "TicketCanNotMove"; status: 409; number?: string | number | null; state?: string | number | null; act?: string | number | null };

/** {number} was changed by somebody else just now. */
export type TicketHasChanged = Problem & { code: "TicketHasChanged"; status: 409; number?: string | number | null };

/** A ticket as a counter shows it. */
export interface TicketInBrief {
  id: number;
  number: string;
  status: "waiting" | "called" | "serving" | "held" | "missed" | "completed" | "cancelled";
}

/** Everything a phone shows of its ticket. */
export interface TicketSnapshot {
  epoch: string;
  heads: Record<string, number>;
  time: string;
  branch: BranchNow;
  services: Array<ServiceNow>;
  counters: Array<PublicCounter>;
  ticket: OwnTicketInLine;
  service: ServiceNow;
  last_called: LastCalled | null;
  delays_left: number;
}

/** Too many tries; try again in {retry_after_s} s. */
export type TooManyTries = Problem & { code: "TooManyTries"; status: 429; retry_after_s?: string | number | null };

export interface Transfer {
  counter_id: number;
  seat?: string | null;
  ticket_id?: number | null;
  service_id?: number | null;
  counter_id_to?: number | null;
  keep_arrival?: boolean;
}

/** The hall's database is busy; nothing was changed. Try again in {retry_after_s} s. */
export type TryAgainSoon = Problem & { code: "TryAgainSoon"; status: 503; retry_after_s?: string | number | null };

/** What the last press at a counter did. */
export interface UndoOffer {
  acts: Array<UndoableAct>;
}

/** An act that undo would take back. */
export interface UndoableAct {
  act: "call" | "recall" | "start" | "complete" | "miss" | "return" | "hold" | "resume" | "transfer" | "cancel" | "delay" | "come" | "note" | "rate" | "issue" | "undo";
  ticket_id: number;
  number: string;
}

/** What undo put back. */
export interface UndoneTickets {
  tickets: Array<StaffTicketInLine>;
}

/** Send JSON, with the header Content-Type: application/json. */
export type UnsupportedMediaType = Problem & { code: "UnsupportedMediaType"; status: 415 };

/** A person of the staff. */
export interface UserShape {
  id: number;
  organisation_id: number;
  branch_id: number | null;
  username: string;
  name: string;
  role: "agent" | "supervisor" | "admin";
  is_active: boolean;
  version: number;
}

/** How long a service takes: the median, and eight in ten. */
export interface UsualTime {
  median_s: number;
  p80_s: number;
}

/** A likely wait, as a range. */
export interface Wait {
  low_s: number;
  high_s: number;
}

/** A service that a counter serves, with the head start it has there. */
export interface WeightedService {
  service_id: number;
  weight_s: number;
}

/** You are connected; these streams are yours. */
export interface Welcome {
  epoch: string;
  time: string;
  sid: string;
  streams: Array<string>;
  heads: Record<string, number>;
}

/** Sign in, or send a valid token. */
export type WhoAreYou = Problem & { code: "WhoAreYou"; status: 401 };

/** The name or the password is not right. */
export type WrongNameOrPassword = Problem & { code: "WrongNameOrPassword"; status: 401 };

/** What is heard at /kiosk. */
export interface HeardAtKiosk {
  "counter-closed": (told: PublicCounterClosed) => void;
  "counter-opened": (told: PublicCounterOpened) => void;
  "counter-paused": (told: PublicCounterPaused) => void;
  "counter-updated": (told: PublicCounterUpdated) => void;
  "quota-exhausted": (told: PublicQuotaExhausted) => void;
  "service-created": (told: PublicServiceCreated) => void;
  "service-deleted": (told: PublicServiceDeleted) => void;
  "service-updated": (told: PublicServiceUpdated) => void;
  "settings-updated": (told: PublicSettingsUpdated) => void;
  "ticket-called": (told: PublicTicketCalled) => void;
  "ticket-cancelled": (told: PublicTicketCancelled) => void;
  "ticket-completed": (told: PublicTicketCompleted) => void;
  "ticket-corrected": (told: PublicTicketCorrected) => void;
  "ticket-created": (told: PublicTicketCreated) => void;
  "ticket-held": (told: PublicTicketHeld) => void;
  "ticket-missed": (told: PublicTicketMissed) => void;
  "ticket-recalled": (told: PublicTicketRecalled) => void;
  "ticket-resumed": (told: PublicTicketResumed) => void;
  "ticket-returned": (told: PublicTicketReturned) => void;
  "ticket-started": (told: PublicTicketStarted) => void;
  "ticket-transferred": (told: PublicTicketTransferred) => void;
  "welcome": (told: Welcome) => void;
  "tick": (told: Tick) => void;
  "queue-updated": (told: QueueUpdated) => void;
  "counter-activity": (told: CounterActivity) => void;
  "server-stopping": (told: ServerStopping) => void;
  "error": (told: Failure) => void;
}

/** What is heard at /terminal. */
export interface HeardAtTerminal {
  "counter-closed": (told: StaffCounterClosed) => void;
  "counter-opened": (told: StaffCounterOpened) => void;
  "counter-paused": (told: StaffCounterPaused) => void;
  "counter-updated": (told: StaffCounterUpdated) => void;
  "quota-exhausted": (told: StaffQuotaExhausted) => void;
  "service-created": (told: StaffServiceCreated) => void;
  "service-deleted": (told: StaffServiceDeleted) => void;
  "service-updated": (told: StaffServiceUpdated) => void;
  "settings-updated": (told: StaffSettingsUpdated) => void;
  "ticket-called": (told: StaffTicketCalled) => void;
  "ticket-cancelled": (told: StaffTicketCancelled) => void;
  "ticket-completed": (told: StaffTicketCompleted) => void;
  "ticket-corrected": (told: StaffTicketCorrected) => void;
  "ticket-created": (told: StaffTicketCreated) => void;
  "ticket-held": (told: StaffTicketHeld) => void;
  "ticket-missed": (told: StaffTicketMissed) => void;
  "ticket-recalled": (told: StaffTicketRecalled) => void;
  "ticket-resumed": (told: StaffTicketResumed) => void;
  "ticket-returned": (told: StaffTicketReturned) => void;
  "ticket-started": (told: StaffTicketStarted) => void;
  "ticket-transferred": (told: StaffTicketTransferred) => void;
  "welcome": (told: Welcome) => void;
  "tick": (told: Tick) => void;
  "queue-updated": (told: QueueUpdated) => void;
  "counter-activity": (told: CounterActivity) => void;
  "server-stopping": (told: ServerStopping) => void;
  "error": (told: Failure) => void;
}

/** What is heard at /monitor. */
export interface HeardAtMonitor {
  "counter-closed": (told: PublicCounterClosed) => void;
  "counter-opened": (told: PublicCounterOpened) => void;
  "counter-paused": (told: PublicCounterPaused) => void;
  "counter-updated": (told: PublicCounterUpdated) => void;
  "quota-exhausted": (told: PublicQuotaExhausted) => void;
  "service-created": (told: PublicServiceCreated) => void;
  "service-deleted": (told: PublicServiceDeleted) => void;
  "service-updated": (told: PublicServiceUpdated) => void;
  "settings-updated": (told: PublicSettingsUpdated) => void;
  "ticket-called": (told: PublicTicketCalled) => void;
  "ticket-cancelled": (told: PublicTicketCancelled) => void;
  "ticket-completed": (told: PublicTicketCompleted) => void;
  "ticket-corrected": (told: PublicTicketCorrected) => void;
  "ticket-created": (told: PublicTicketCreated) => void;
  "ticket-held": (told: PublicTicketHeld) => void;
  "ticket-missed": (told: PublicTicketMissed) => void;
  "ticket-recalled": (told: PublicTicketRecalled) => void;
  "ticket-resumed": (told: PublicTicketResumed) => void;
  "ticket-returned": (told: PublicTicketReturned) => void;
  "ticket-started": (told: PublicTicketStarted) => void;
  "ticket-transferred": (told: PublicTicketTransferred) => void;
  "welcome": (told: Welcome) => void;
  "tick": (told: Tick) => void;
  "queue-updated": (told: QueueUpdated) => void;
  "counter-activity": (told: CounterActivity) => void;
  "server-stopping": (told: ServerStopping) => void;
  "error": (told: Failure) => void;
}

/** What is heard at /customer. */
export interface HeardAtCustomer {
  "ticket-called": (told: OwnTicketCalled) => void;
  "ticket-cancelled": (told: OwnTicketCancelled) => void;
  "ticket-completed": (told: OwnTicketCompleted) => void;
  "ticket-corrected": (told: OwnTicketCorrected) => void;
  "ticket-created": (told: OwnTicketCreated) => void;
  "ticket-held": (told: OwnTicketHeld) => void;
  "ticket-missed": (told: OwnTicketMissed) => void;
  "ticket-recalled": (told: OwnTicketRecalled) => void;
  "ticket-resumed": (told: OwnTicketResumed) => void;
  "ticket-returned": (told: OwnTicketReturned) => void;
  "ticket-started": (told: OwnTicketStarted) => void;
  "ticket-transferred": (told: OwnTicketTransferred) => void;
  "welcome": (told: Welcome) => void;
  "tick": (told: Tick) => void;
  "events": (told: Gathered) => void;
  "queue-updated": (told: QueueUpdated) => void;
  "counter-activity": (told: CounterActivity) => void;
  "server-stopping": (told: ServerStopping) => void;
  "error": (told: Failure) => void;
}

/** What is heard at /admin. */
export interface HeardAtAdmin {
  "counter-closed": (told: StaffCounterClosed) => void;
  "counter-opened": (told: StaffCounterOpened) => void;
  "counter-paused": (told: StaffCounterPaused) => void;
  "counter-updated": (told: StaffCounterUpdated) => void;
  "quota-exhausted": (told: StaffQuotaExhausted) => void;
  "service-created": (told: StaffServiceCreated) => void;
  "service-deleted": (told: StaffServiceDeleted) => void;
  "service-updated": (told: StaffServiceUpdated) => void;
  "settings-updated": (told: StaffSettingsUpdated) => void;
  "ticket-called": (told: StaffTicketCalled) => void;
  "ticket-cancelled": (told: StaffTicketCancelled) => void;
  "ticket-completed": (told: StaffTicketCompleted) => void;
  "ticket-corrected": (told: StaffTicketCorrected) => void;
  "ticket-created": (told: StaffTicketCreated) => void;
  "ticket-held": (told: StaffTicketHeld) => void;
  "ticket-missed": (told: StaffTicketMissed) => void;
  "ticket-recalled": (told: StaffTicketRecalled) => void;
  "ticket-resumed": (told: StaffTicketResumed) => void;
  "ticket-returned": (told: StaffTicketReturned) => void;
  "ticket-started": (told: StaffTicketStarted) => void;
  "ticket-transferred": (told: StaffTicketTransferred) => void;
  "welcome": (told: Welcome) => void;
  "tick": (told: Tick) => void;
  "queue-updated": (told: QueueUpdated) => void;
  "counter-activity": (told: CounterActivity) => void;
  "connections-updated": (told: ConnectionsUpdated) => void;
  "server-stopping": (told: ServerStopping) => void;
  "error": (told: Failure) => void;
}

/** What a screen may say, at every namespace. */
export interface Said {
  "join-service": (said: JoinService, answer: (told: Joined | Refused) => void) => void;
  "join-counter": (said: JoinCounter, answer: (told: Joined | Refused) => void) => void;
  "join-room": (said: Room, answer: (told: Joined | Refused) => void) => void;
  "leave-room": (said: Room, answer: (told: Left | Refused) => void) => void;
  "resume": (said: Resume, answer: (told: Resumed | Refused) => void) => void;
  "heartbeat": (said: Heartbeat, answer: (told: Alive | Refused) => void) => void;
  "page-navigate": (said: PageNavigate, answer: (told: Done | Refused) => void) => void;
  "refresh-token": (said: RefreshToken, answer: (told: Done | Refused) => void) => void;
}
