// What every page says of where the answers are: the status line, and notices about the storage.
import { isFramed } from "../page/base.js";
import { isAgreed } from "../saving/saving_on_demand.js";
import { phone } from "../storage/storage.js";
import { words } from "../words/questions.js";

export const createStatusLine = ({ set, log, record, isHidden }) => ({
  notices: () =>
    set({
      owner: phone.device.owner,
      // A frame has a way out of what the browser does to it.
      storageNotice: phone.problem ? words.storage[isFramed ? "framed" : phone.problem] : "",
      expiredNotice: words.storage[phone.expired] ?? "",
    }),

  // Only what the server has confirmed is "saved".
  setSync: (status, message = "", canExportUnsent = false) => {
    const place = phone.device.owner === "mine" ? "mine" : "shared";
    const kept = log.all().length ? words.sync[`local_${phone.problem || place}`] : "";
    const text = message || (status === "local" ? kept : words.sync[status]);
    const { role = "patient", can_manage: canManage = true, participants = [], ended } = record();
    set({
      sync: status,
      statusText: text,
      canExportUnsent: canExportUnsent && !isHidden(),
      hasConsent: isAgreed(record()),
      role,
      canManage,
      participants,
      isReadOnly: role === "read",
      linkEnded: Boolean(ended),
    });
  },
});
