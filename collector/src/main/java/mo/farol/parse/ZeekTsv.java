package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Zeek's own files: {@code #fields} lines that name the columns, then values between tabs. The
 * headers are remembered by sender; a line without one is read by the columns that Zeek 6 writes by
 * default, where its values leave no doubt which log it is.
 */
final class ZeekTsv implements Format {
  private static final byte[] HEADER = Ascii.bytes("zeek.header");
  private static final String MARKS =
      "#separator #set_separator #empty_field #unset_field #path #open" + " #close #fields #types";
  private static final byte[] ASSUMED = Ascii.bytes("columns taken for Zeek's defaults");
  private static final int MOST_COLUMNS = 128;
  private static final int LONGEST_WORD = 64;
  private static final int TS = Fields.id("ts");

  private final ZeekMemory memory;
  private final EcsCopies copies = new EcsCopies("", EcsNames.TABLE);

  ZeekTsv(ZeekMemory memory) {
    this.memory = memory;
  }

  @Override
  public String name() {
    return "zeek";
  }

  @Override
  public String starts() {
    return "#0123456789";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (b[from] == '#') {
      return isMark(b, from, to);
    }
    return isRow(b, from, to) && memory.knows(draft.origin(), b, from, to);
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (from < to && b[from] == '#') {
      memory.learn(draft.origin(), mark(draft, from, to));
      draft.word(Fields.EVENT_DATASET, HEADER);
      return null;
    }
    var sent = memory.sent(draft.origin(), b, from, to);
    var header = sent == null ? ZeekMemory.assumed(b, from, to) : sent;
    if (header == null) {
      return "no #fields line that fits was seen from this sender";
    }
    row(draft, header, from, to);
    if (sent == null) {
      draft.word(Names.NOTE, ASSUMED);
    }
    return null;
  }

  private void row(EventDraft draft, ZeekHeader header, int from, int to) {
    byte[] b = draft.bytes();
    int first = draft.into().filled();
    int p = from;
    for (int column = 0; column < header.fields().size() && p <= to; column++) {
      int end = Ascii.until(b, p, to, header.separator());
      if (!header.isUnset(b, p, end)) {
        value(draft, header, column, p, end);
      }
      p = end + 1;
    }
    draft.into().addText(Fields.EVENT_DATASET, "zeek." + header.path());
    long at = draft.timeOf(TS);
    if (at != Micros.NONE) {
      draft.occurredAt(at);
    }
    copies.add(draft, first);
    if (header.path().equals("http")) {
      ZeekJson.requestedHost(draft);
    }
  }

  /** Sets and vectors are repeated fields; {@code T} and {@code F} become words. */
  private static void value(EventDraft draft, ZeekHeader header, int column, int from, int to) {
    int field = header.fields().get(column);
    String type = column < header.types().size() ? header.types().get(column) : "";
    byte[] b = draft.bytes();
    if (type.equals("bool")) {
      draft.word(field, b[from] == 'T' ? Words.TRUE : Words.FALSE);
    } else if (type.startsWith("set[") || type.startsWith("vector[")) {
      for (int p = from; p < to && draft.hasRoom(); ) {
        int end = Ascii.until(b, p, to, ',');
        draft.add(field, p, end);
        p = end + 1;
      }
    } else {
      draft.add(field, from, to);
    }
  }

  private ZeekHeader mark(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    var header = memory.last(draft.origin());
    String[] words =
        new String(b, from, to - from, StandardCharsets.UTF_8).split("[\t ]", MOST_COLUMNS + 1);
    String[] rest = Arrays.copyOfRange(words, Math.min(1, words.length), words.length);
    String value = rest.length == 0 || rest[0].length() > LONGEST_WORD ? "" : rest[0];
    return switch (words[0]) {
      case "#separator" -> ZeekHeader.none().withSeparator(separator(value));
      case "#empty_field" -> header.withEmpty(value);
      case "#unset_field" -> header.withUnset(value);
      case "#path" -> header.withPath(value);
      case "#fields" -> header.withFields(numbers(draft, rest));
      case "#types" -> rest.length == header.fields().size() ? header.withTypes(rest) : header;
      default -> header;
    };
  }

  /** {@code \\x09}. */
  private static byte separator(String text) {
    try {
      return text.startsWith("\\x") ? (byte) Integer.parseInt(text.substring(2), 16) : (byte) '\t';
    } catch (NumberFormatException e) {
      return '\t';
    }
  }

  private static List<Integer> numbers(EventDraft draft, String[] names) {
    var numbers = new ArrayList<Integer>();
    for (String name : names) {
      byte[] utf8 = (isOurs(name) ? "zeek." + name : name).getBytes(StandardCharsets.UTF_8);
      numbers.add(utf8.length > 128 ? Fields.OVERFLOW : draft.field(utf8, 0, utf8.length));
    }
    return numbers;
  }

  private static boolean isOurs(String name) {
    return name.equals("agency") || name.startsWith("farol.") || name.equals("message");
  }

  private static boolean isMark(byte[] b, int from, int to) {
    int end = from;
    while (end < to && b[end] != '\t' && b[end] != ' ') {
      end++;
    }
    int length = end - from;
    return length > 4
        && length < 16
        && MARKS.contains(new String(b, from, length, StandardCharsets.ISO_8859_1));
  }

  /** Seconds with a fraction, then a tab. */
  private static boolean isRow(byte[] b, int from, int to) {
    int point = Ascii.skipDigits(b, from, Math.min(to, from + 12));
    int end = point + 1 < to && b[point] == '.' ? Ascii.skipDigits(b, point + 1, to) : to;
    return point - from >= 9 && end + 1 < to && b[end] == '\t';
  }
}
