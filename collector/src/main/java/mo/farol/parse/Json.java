package mo.farol.parse;

import org.jspecify.annotations.Nullable;

/**
 * One JSON object (RFC 8259) as fields: nested names joined by dots, an array as repeated fields,
 * numbers and booleans as text, null as nothing. Scans bytes; a value without escapes is a slice of
 * the frame.
 */
final class Json implements Format {
  private static final byte[] TRUE = Ascii.bytes("true");
  private static final byte[] FALSE = Ascii.bytes("false");
  private static final byte[] NULL = Ascii.bytes("null");
  private static final byte[] CEE = Ascii.bytes("@cee:");
  private static final byte[] CUT = Ascii.bytes("JSON with more values than we take");
  private static final int FAILED = -1;

  private final ParseConfig config;
  private final JsonText text = new JsonText();
  private final JsonEvent event;
  private final String format;
  private final JsonName name;
  private int pairs;
  private boolean isCut;
  private int start;
  private String why = "";

  /**
   * @param format {@code json}, or {@code gelf} to take every object for GELF
   */
  Json(ParseConfig config, String format) {
    this.config = config;
    this.format = format;
    event = new JsonEvent(new Gelf(format.equals("gelf")));
    name = new JsonName(config.nameBytes());
  }

  @Override
  public String name() {
    return format;
  }

  @Override
  public String starts() {
    return "{ \t\r\n@";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = begin(b, from, to);
    if (p >= to || b[p] != '{') {
      return false;
    }
    int next = skip(b, p + 1, to);
    return next >= to || b[next] == '"' || b[next] == '}';
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    start = begin(b, from, to);
    if (start >= to || b[start] != '{') {
      return "JSON must be an object";
    }
    pairs = 0;
    isCut = false;
    name.cut(0);
    why = "";
    event.open(draft);
    int before = draft.into().filled();
    int inner = event.inner(b, start, to);
    int end = object(draft, (inner < 0 ? start : inner) + 1, to, 1);
    if (end >= 0 && inner >= 0) {
      int close = skip(b, end, to);
      end = close < to && b[close] == '}' ? close + 1 : fail("JSON object is not closed", close);
    }
    if (end >= 0 && skip(b, end, to) < to) {
      end = fail("text follows the JSON object", end);
    }
    if (end < 0) {
      draft.into().undoTo(before);
      return why;
    }
    if (isCut) {
      draft.word(Names.NOTE, CUT);
    }
    var fault = event.close(draft, before, start, to);
    if (fault != null) {
      draft.into().undoTo(before);
    }
    return fault;
  }

  private int object(EventDraft draft, int from, int to, int depth) {
    byte[] b = draft.bytes();
    if (depth > config.depth()) {
      return fail("JSON nested deeper than " + config.depth());
    }
    int outer = name.length();
    int p = skip(b, from, to);
    if (p < to && b[p] == '}') {
      return p + 1;
    }
    while (p >= 0) {
      p = member(draft, p, to, depth);
      name.cut(outer);
      if (p < 0) {
        return p;
      }
      p = skip(b, p, to);
      if (p < to && b[p] == '}') {
        return p + 1;
      }
      p = p < to && b[p] == ',' ? skip(b, p + 1, to) : fail("JSON object is not closed", p);
    }
    return p;
  }

  private int member(EventDraft draft, int from, int to, int depth) {
    byte[] b = draft.bytes();
    if (from >= to || b[from] != '"') {
      return fail("JSON key expected", from);
    }
    int close = text.scan(b, from + 1, to);
    if (close < 0) {
      return fail("JSON string does not end", from);
    }
    name.push(text.bytes(b), text.from(), text.to());
    int p = skip(b, close + 1, to);
    if (p >= to || b[p] != ':') {
      return fail("JSON colon expected", p);
    }
    return value(draft, skip(b, p + 1, to), to, depth);
  }

  private int value(EventDraft draft, int from, int to, int depth) {
    byte[] b = draft.bytes();
    if (from >= to) {
      return fail("JSON value expected", from);
    }
    return switch (b[from]) {
      case '{' -> object(draft, from + 1, to, depth + 1);
      case '[' -> array(draft, from + 1, to, depth + 1);
      case '"' -> string(draft, from, to, depth);
      case 't' -> literal(draft, from, to, depth, TRUE);
      case 'f' -> literal(draft, from, to, depth, FALSE);
      case 'n' -> literal(draft, from, to, depth, NULL);
      default -> number(draft, from, to, depth);
    };
  }

  private int array(EventDraft draft, int from, int to, int depth) {
    byte[] b = draft.bytes();
    if (depth > config.depth()) {
      return fail("JSON nested deeper than " + config.depth());
    }
    int p = skip(b, from, to);
    if (p < to && b[p] == ']') {
      return p + 1;
    }
    while (p >= 0) {
      p = value(draft, p, to, depth);
      if (p < 0) {
        return p;
      }
      p = skip(b, p, to);
      if (p < to && b[p] == ']') {
        return p + 1;
      }
      p = p < to && b[p] == ',' ? skip(b, p + 1, to) : fail("JSON array is not closed", p);
    }
    return p;
  }

  private int string(EventDraft draft, int from, int to, int depth) {
    byte[] b = draft.bytes();
    int close = text.scan(b, from + 1, to);
    if (close < 0) {
      return fail("JSON string does not end", from);
    }
    scalar(draft, text.bytes(b), text.from(), text.to(), depth, text.isPlain());
    return close + 1;
  }

  /** Adds a value under the name of the moment, while there is room for it. */
  private void scalar(EventDraft draft, byte[] b, int from, int to, int depth, boolean isSlice) {
    if (pairs == config.pairs()) {
      isCut = true;
      return;
    }
    int field = name.field(draft);
    if (depth == 1 && event.isTime(draft, field, b, from, to)) {
      return;
    }
    pairs++;
    if (isSlice) {
      draft.into().add(event.rename(field), from, to);
    } else {
      draft.into().addCopy(event.rename(field), b, from, to);
    }
  }

  private int literal(EventDraft draft, int from, int to, int depth, byte[] word) {
    if (!Ascii.startsWith(draft.bytes(), from, to, word)) {
      return fail("JSON value expected", from);
    }
    int end = from + word.length;
    if (word[0] != 'n') {
      scalar(draft, draft.bytes(), from, end, depth, true);
    }
    return end;
  }

  private int number(EventDraft draft, int from, int to, int depth) {
    byte[] b = draft.bytes();
    int end = JsonNumber.end(b, from, to);
    if (end < 0) {
      return fail(end == JsonNumber.NONE ? "JSON value expected" : "JSON number is broken", from);
    }
    scalar(draft, b, from, end, depth, true);
    return end;
  }

  /** Where the object begins: behind white space and the mark of CEE where there is one. */
  private static int begin(byte[] b, int from, int to) {
    int p = skip(b, from, to);
    return Ascii.startsWith(b, p, to, CEE) ? skip(b, p + CEE.length, to) : p;
  }

  private static int skip(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (b[p] == ' ' || b[p] == '\t' || b[p] == '\n' || b[p] == '\r')) {
      p++;
    }
    return p;
  }

  private int fail(String reason) {
    why = reason;
    return FAILED;
  }

  private int fail(String reason, int at) {
    return fail(reason + " at byte " + (at - start));
  }
}
