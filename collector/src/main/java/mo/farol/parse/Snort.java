package mo.farol.parse;

import java.util.Arrays;
import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Alert files of Snort and Suricata: a time, {@code 01/27/16-16:01:04.877970}, and either an alert
 * as {@link SnortAlert} reads it or the values of Snort 2's {@code alert_csv} in their default
 * order.
 */
final class Snort implements Format {
  private static final int NONE = -1;
  private static final int[] COLUMNS =
      Arrays.stream(
              ("- snort.gid rule.id rule.version rule.name network.transport source.ip source.port"
                      + " destination.ip destination.port source.mac destination.mac snort.ethlen"
                      + " snort.tcpflags snort.tcpseq snort.tcpack snort.tcplen snort.tcpwindow"
                      + " snort.ttl snort.tos snort.id snort.dgmlen snort.iplen snort.icmptype"
                      + " snort.icmpcode snort.icmpid snort.icmpseq")
                  .split(" ", -1))
          .mapToInt(name -> name.equals("-") ? NONE : Fields.id(name))
          .toArray();

  private final SnortAlert alert = new SnortAlert();
  private final Csv csv = new Csv();

  @Override
  public String name() {
    return "snort";
  }

  @Override
  public String starts() {
    return "01";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    return to - from > 30
        && b[from + 2] == '/'
        && draft.dates().monthDay(b, from, to) != Micros.NONE
        && text(draft, to) > 0;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    long at = to - from > 30 ? draft.dates().monthDay(b, from, to) : Micros.NONE;
    int text = at == Micros.NONE ? -1 : text(draft, to);
    if (text < 0) {
      return "no alert of Snort or Suricata: MM/dd-HH:mm:ss and a rule must come first";
    }
    draft.occurredAt(at);
    if (b[text] == '[') {
      alert.refine(draft, text, to);
    } else {
      columns(draft, from, to);
    }
    return null;
  }

  /** Index of what follows the time: a bracket or a comma; else -1. */
  private static int text(EventDraft draft, int to) {
    byte[] b = draft.bytes();
    int p = Ascii.skipSpaces(b, draft.dates().end(), to);
    return p < to && (b[p] == '[' || b[p] == ',') ? p : -1;
  }

  private void columns(EventDraft draft, int from, int to) {
    SnortAlert.KIND.addTo(draft);
    csv.open(draft.bytes(), from, to);
    for (int i = 0; i < COLUMNS.length && csv.next(); i++) {
      int field = COLUMNS[i];
      byte[] transport =
          field == Names.TRANSPORT ? Transport.word(draft.bytes(), csv.from(), csv.to()) : null;
      if (transport != null) {
        draft.word(field, transport);
      } else if (field != NONE && csv.isEscaped()) {
        draft.into().addCopy(field, csv.plain(), 0, csv.plainLength());
      } else if (field != NONE) {
        draft.add(field, csv.from(), csv.to());
      }
    }
  }
}
