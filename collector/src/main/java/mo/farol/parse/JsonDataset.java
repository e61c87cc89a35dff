package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;

/** Where a JSON event that names no dataset comes from, told by names only its program uses. */
final class JsonDataset {
  private static final int LONGEST = 40;
  private static final int LOG = Fields.id("log");
  private static final int SURICATA_TYPE = Fields.id("event_type");
  private static final int SURICATA_FLOW = Fields.id("flow_id");
  private static final int SURICATA_STATS = Fields.id("timestamp");
  private static final byte[] SURICATA = bytes("suricata.eve");

  private final CloudTrail trail = new CloudTrail();
  private final MicrosoftAudit microsoft = new MicrosoftAudit();

  void add(EventDraft draft, int first) {
    var into = draft.into();
    if (into.findOpen(Fields.EVENT_DATASET) >= 0) {
      return;
    }
    int log = into.findOpen(LOG);
    if (log >= 0 && isPlainWord(draft, log)) {
      into.addPart(Fields.EVENT_DATASET, log, 0, into.length(log));
    } else if (hasBoth(draft, SURICATA_TYPE, SURICATA_FLOW)
        || hasBoth(draft, SURICATA_TYPE, SURICATA_STATS)) {
      draft.word(Fields.EVENT_DATASET, SURICATA);
    } else if (trail.isOne(draft)) {
      trail.add(draft, first);
    } else {
      microsoft.add(draft, first);
    }
  }

  private static boolean hasBoth(EventDraft draft, int one, int other) {
    return draft.into().findOpen(one) >= 0 && draft.into().findOpen(other) >= 0;
  }

  /** {@code "log": "zeek.dns"} names a dataset; a container's {@code "log": "text"} does not. */
  private static boolean isPlainWord(EventDraft draft, int k) {
    var into = draft.into();
    byte[] b = into.bytes(k);
    int from = into.start(k);
    int length = into.length(k);
    for (int i = from; i < from + length; i++) {
      boolean isLower = b[i] >= 'a' && b[i] <= 'z';
      if (!isLower && !Ascii.isDigit(b[i]) && b[i] != '.' && b[i] != '_') {
        return false;
      }
    }
    return length > 0 && length <= LONGEST;
  }
}
