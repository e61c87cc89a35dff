package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/** ArcSight Common Event Format 0 and 1: seven parts between bars, then {@code key=value}. */
final class Cef implements Format {
  private static final byte[] START = bytes("CEF:");
  private static final byte[] DATASET = bytes("cef");
  private static final int[] HEADER = {
    Fields.id("cef.version"),
    Fields.id("cef.device.vendor"),
    Fields.id("cef.device.product"),
    Fields.id("cef.device.version"),
    Fields.id("cef.device.event_class_id"),
    Fields.id("cef.name"),
    Fields.id("cef.severity")
  };
  private static final int CLASS_PART = 4;
  private static final String EXTENSIONS = "cef.extensions.";
  private static final String TABLE =
      """
      source.ip whole src sourceAddress
      source.port whole spt sourcePort
      source.domain whole shost
      source.bytes whole out bytesOut
      destination.ip whole dst destinationAddress
      destination.port whole dpt destinationPort
      destination.domain whole dhost
      destination.bytes whole in bytesIn
      network.transport transport proto
      user.name leaf suser duser
      user.target.name leaf duser
      event.action whole act
      event.outcome whole outcome
      url.original whole request
      http.request.method whole requestMethod
      user_agent.original whole requestClientApplication
      file.name whole fname
      file.path whole filePath
      process.name whole sproc dproc
      host.name whole dvchost dvc
      """;
  private static final int[] TIMES = {
    Fields.id(EXTENSIONS + "rt"), Fields.id(EXTENSIONS + "end"), Fields.id(EXTENSIONS + "start")
  };

  private final VendorFields fields = new VendorFields(EXTENSIONS);
  private final EcsCopies copies = new EcsCopies(EXTENSIONS, TABLE);

  @Override
  public String name() {
    return "cef";
  }

  @Override
  public boolean claims(byte[] b, int from, int to) {
    if (!Ascii.startsWith(b, from, to, START)) {
      return false;
    }
    int digits = Ascii.skipSpaces(b, from + START.length, to);
    int end = Ascii.skipDigits(b, digits, to);
    return end > digits && end < to && b[end] == '|';
  }

  /** Index of a CEF text that other text stands before, or -1. */
  int within(byte[] b, int from, int to) {
    int at = Ascii.find(b, from, Math.min(to, from + 300), START);
    return at > from && b[at - 1] == ' ' && claims(b, at, to) ? at : -1;
  }

  @Override
  public @Nullable String read(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (!claims(b, from, to)) {
      return "no CEF: and version at the start";
    }
    int first = draft.into().filled();
    int p = Ascii.skipSpaces(b, from + START.length, to);
    for (int part = 0; part < HEADER.length; part++) {
      int bar = bar(b, p, to);
      if (bar == to && part < HEADER.length - 1) {
        draft.into().undoTo(first);
        return "CEF header with fewer than seven parts";
      }
      fields.value(draft, HEADER[part], p, bar, true);
      if (part == CLASS_PART) {
        draft.add(Names.EVENT_CODE, p, bar);
      } else if (part == HEADER.length - 1) {
        draft.gradeWithoutPriority(Levels.ofGrade(b, p, bar));
      }
      p = Math.min(bar + 1, to);
    }
    draft.word(Fields.EVENT_DATASET, DATASET);
    extensions(draft, p, to);
    finish(draft, first);
    return null;
  }

  private void finish(Draft draft, int first) {
    copies.add(draft, first);
    for (int i = 0; i < TIMES.length && draft.occurredAt() == Micros.NONE; i++) {
      draft.occurredAt(draft.timeOf(TIMES[i]));
    }
  }

  private void extensions(Draft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = Ascii.skipSpaces(b, from, to);
    while (p < to) {
      int equals = Ascii.find(b, p, to, '=');
      if (equals < 0) {
        return;
      }
      int end = valueEnd(b, equals + 1, to);
      int trimmed = end;
      while (trimmed > equals + 1 && b[trimmed - 1] == ' ') {
        trimmed--;
      }
      fields.add(draft, p, equals, equals + 1, trimmed, true);
      p = Ascii.skipSpaces(b, end, to);
    }
  }

  /** A value ends before the space before the next key, or with the text. */
  private static int valueEnd(byte[] b, int from, int to) {
    int space = -1;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c == '\\') {
        i++;
        space = -1;
      } else if (c == ' ') {
        space = i;
      } else if (c == '=' && space >= 0 && i > space + 1) {
        return space;
      } else if (!isKey(c)) {
        space = -1;
      }
    }
    return to;
  }

  private static boolean isKey(byte c) {
    return Ascii.isLetter(c)
        || Ascii.isDigit(c)
        || c == '_'
        || c == '.'
        || c == '-'
        || c == '['
        || c == ']';
  }

  /** Index of the next bar that is not escaped, or {@code to}. */
  private static int bar(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] != '|') {
      p += b[p] == '\\' ? 2 : 1;
    }
    return Math.min(p, to);
  }
}
