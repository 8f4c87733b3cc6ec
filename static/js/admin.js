// The admin pages: one hall kept true by the staff stream, shown live and as lists that can be edited.
import { Connections } from "./admin/connections.js";
import { branches } from "./admin/entities/branches.js";
import { counters } from "./admin/entities/counters.js";
import { devices } from "./admin/entities/devices.js";
import { people } from "./admin/entities/people.js";
import { services } from "./admin/entities/services.js";
import { Hall } from "./admin/hall.js";
import { Overview } from "./admin/overview.js";
import { Section } from "./admin/section.js";
import { Shell } from "./admin/shell.js";

const hall = new Hall({
  paint: () => shell.current.paint(),
  news: (envelope) => shell.current.news?.(envelope),
  loaded: () => shell.current.load?.(),
  counted: () => shell.current.counted?.(),
  branches: (list) => shell.setBranches(list),
});

const frame = {
  context: () => hall.context(),
  go: (url) => shell.go(url),
  changed: (kind) => hall.changed(kind),
};

const sections = {
  "": new Overview(hall),
  services: new Section(services, frame),
  counters: new Section(counters, frame),
  people: new Section(people, frame),
  devices: new Section(devices, frame),
  branches: new Section(branches, frame),
  connections: new Connections(),
};

const shell = new Shell(sections, () => hall.line.navigated());
shell.show();
