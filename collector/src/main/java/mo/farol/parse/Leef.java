package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/** QRadar's Log Event Extended Format 1.0 and 2.0, whose second names its own delimiter. */
final class Leef implements Format {
  private static final byte[] START = bytes("LEEF:");
  private static final byte[] DATASET = bytes("leef");
  private static final int[] HEADER = {
    Fields.id("leef.version"),
    Fields.id("leef.device.vendor"),
    Fields.id("leef.device.product"),
    Fields.id("leef.device.version"),
    Fields.id("leef.event_id")
  };
  private static final String ATTRIBUTES = "leef.attributes.";
  private static final String TABLE =
      """
      source.ip whole src identSrc
      source.port whole srcPort
      source.mac whole srcMAC identMac
      source.bytes whole srcBytes
      source.packets whole srcPackets
      source.nat.ip whole srcPostNAT
      source.nat.port whole srcPostNATPort
      destination.ip whole dst
      destination.port whole dstPort
      destination.mac whole dstMAC
      destination.bytes whole dstBytes
      destination.packets whole dstPackets
      destination.nat.ip whole dstPostNAT
      destination.nat.port whole dstPostNATPort
      network.transport transport proto
      network.bytes whole totalBytes
      network.packets whole totalPackets
      user.name leaf usrName accountName
      user.domain whole domain
      user.roles whole role
      user.group.name whole groupID identGrpName
      event.action whole action act
      event.reason whole reason
      event.id whole externalId
      url.original whole url request
      file.path whole filePath
      file.name leaf fileName fname
      host.name whole dvchost identHostName
      observer.vlan.name whole vSrcName
      rule.name whole policy
      """;
  private static final int TIME = Fields.id(ATTRIBUTES + "devTime");
  private static final int PATTERN = Fields.id(ATTRIBUTES + "devTimeFormat");
  private static final int GRADE = Fields.id(ATTRIBUTES + "sev");

  private final VendorFields fields = new VendorFields(ATTRIBUTES);
  private final EcsCopies copies = new EcsCopies(ATTRIBUTES, TABLE);
  private final TimePatterns patterns = new TimePatterns();

  @Override
  public String name() {
    return "leef";
  }

  @Override
  public String starts() {
    return "L";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return Ascii.startsWith(draft.bytes(), from, to, START);
  }

  /** Index of a LEEF text that other text stands before, or -1. */
  static int within(byte[] b, int from, int to) {
    int at = Ascii.find(b, from, Math.min(to, from + 300), START);
    return at > from && b[at - 1] == ' ' ? at : -1;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (!Ascii.startsWith(b, from, to, START)) {
      return "no LEEF: at the start";
    }
    int first = draft.into().filled();
    int p = from + START.length;
    if (p == to || (b[p] != '1' && b[p] != '2')) {
      return "LEEF of a version that is neither 1 nor 2";
    }
    for (int field : HEADER) {
      int bar = Ascii.find(b, p, to, '|');
      if (bar < 0) {
        draft.into().undoTo(first);
        return "LEEF header with fewer than five parts";
      }
      draft.into().add(field, p, bar);
      p = bar + 1;
    }
    draft.into().addPart(Names.EVENT_CODE, first + 4, 0, draft.into().length(first + 4));
    draft.word(Fields.EVENT_DATASET, DATASET);
    boolean names = b[from + START.length] == '2';
    int start = names ? afterDelimiter(b, p, to) : p;
    attributes(draft, start, to, used(b, start, to, names ? delimiter(b, p, to) : '\t'));
    finish(draft, first);
    return null;
  }

  private void finish(EventDraft draft, int first) {
    copies.add(draft, first);
    var into = draft.into();
    if (draft.occurredAt() == Micros.NONE) {
      int time = into.findOpen(TIME);
      draft.occurredAt(time < 0 ? Micros.NONE : patterns.time(draft, time, into.findOpen(PATTERN)));
    }
    int k = into.findOpen(GRADE);
    if (k >= 0) {
      int from = into.start(k);
      draft.gradeWithoutPriority(Levels.ofGrade(into.bytes(k), from, from + into.length(k)));
    }
  }

  private void attributes(EventDraft draft, int from, int to, int delimiter) {
    byte[] b = draft.bytes();
    for (int p = from; p < to; ) {
      int end = Ascii.until(b, p, to, delimiter);
      p = Ascii.skipSpaces(b, p, end);
      int equals = Ascii.find(b, p, end, '=');
      if (equals > p) {
        fields.add(draft, p, equals, equals + 1, end, Escaped.NONE);
      }
      p = end + 1;
    }
  }

  /** Some senders part attributes by bars and say nothing of it: then there is no tab at all. */
  private static int used(byte[] b, int from, int to, int delimiter) {
    boolean noTab = delimiter == '\t' && Ascii.find(b, from, to, '\t') < 0;
    int bar = noTab ? Ascii.find(b, from, to, '|') : -1;
    return bar > 0 && Ascii.find(b, bar, to, '=') > 0 ? '|' : delimiter;
  }

  /** The delimiter named in the sixth part, as itself or in hexadecimal; a tab without one. */
  private static int delimiter(byte[] b, int from, int to) {
    int bar = named(b, from, to);
    if (bar == from + 1) {
      return b[from];
    }
    if (bar == from + 2 && b[from] == '\\' && b[from + 1] == 't') {
      return '\t';
    }
    int x = bar < 0 ? -1 : Ascii.find(b, from, bar, 'x');
    int value = 0;
    for (int i = x + 1; x >= 0 && i < bar; i++) {
      value = value * 16 + Math.max(0, Character.digit(b[i], 16));
    }
    return value > 0 && value < 128 ? value : '\t';
  }

  private static int afterDelimiter(byte[] b, int from, int to) {
    int bar = named(b, from, to);
    return bar < 0 ? from : bar + 1;
  }

  /** Index of the bar after the delimiter's name, or -1 where the attributes begin at once. */
  private static int named(byte[] b, int from, int to) {
    int bar = Ascii.find(b, from, Math.min(to, from + 7), '|');
    if (bar == from && from + 1 < to && b[from + 1] == '|') {
      return from + 1;
    }
    return bar >= 0 && Ascii.find(b, from, bar, '=') < 0 ? bar : -1;
  }
}
