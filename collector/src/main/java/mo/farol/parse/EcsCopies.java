package mo.farol.parse;

import java.util.Arrays;
import java.util.Locale;
import mo.farol.event.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The ECS names of what senders call otherwise; the sender's own names stay beside them. Made from
 * a table of lines: the ECS name, how its value is cut, and the sender's names, best first.
 */
final class EcsCopies {
  /** How a value is cut out of the sender's. */
  private enum Cut {
    /** As it is. */
    WHOLE,
    /** What follows the last slash or backslash. */
    LEAF,
    /** A transport protocol in lower case. */
    TRANSPORT,
    /** In lower case. */
    LOWER,
    /** The word of a level in lower case; nothing where it is a number. */
    LEVEL,
    /** A whole number, out of hexadecimal digits where it begins with {@code 0x}. */
    NUMBER,
    /** A time, as ISO 8601 in UTC; nothing where it is none. */
    TIME,
    /** {@code success} or {@code failure} where the sender's word means that; else as it is. */
    OUTCOME,
    /** CEF's 0 and 1 as {@code inbound} and {@code outbound}. */
    DIRECTION,
    /** The address of {@code address:port:interface}. */
    ADDRESS,
    /** The port of {@code address:port:interface}, or of a port alone. */
    PORT,
    /** The transport of {@code tcp/http}. */
    PROTOCOL,
    /** A digest, told by its length: 32, 40 or 64 hexadecimal digits. */
    MD5,
    SHA1,
    SHA256
  }

  private final int[] targets;
  private final Cut[] cuts;
  // Field -> what may be copied from it: target << 5 | rank, where rank 0 is the ECS name itself.
  private final short[] @Nullable [] rules;
  private final int[] pairs;
  private final int[] ranks;
  private final int[] touched;
  private int touchedCount;
  private final byte[] lower = new byte[128];

  /** Copies by a table whose names of senders get a prefix. */
  EcsCopies(String prefix, String table) {
    String[] lines = table.lines().toArray(String[]::new);
    targets = new int[lines.length];
    cuts = new Cut[lines.length];
    pairs = new int[lines.length];
    ranks = new int[lines.length];
    touched = new int[lines.length];
    Arrays.fill(ranks, Integer.MAX_VALUE);
    short[] @Nullable [] all = new short[Fields.LIMIT] @Nullable [];
    int most = 0;
    for (int t = 0; t < lines.length; t++) {
      String[] words = lines[t].trim().split(" +", -1);
      targets[t] = Fields.id(words[0]);
      cuts[t] = Cut.valueOf(words[1].toUpperCase(Locale.ROOT));
      most = Math.max(most, rule(all, targets[t], t, 0));
      for (int i = 2; i < words.length; i++) {
        most = Math.max(most, rule(all, Fields.id(prefix + words[i]), t, i));
      }
    }
    rules = Arrays.copyOf(all, most + 1);
  }

  private static int rule(short[] @Nullable [] rules, int field, int target, int rank) {
    short[] old = rules[field];
    short[] more = old == null ? new short[1] : Arrays.copyOf(old, old.length + 1);
    more[more.length - 1] = (short) ((target << 5) | rank);
    rules[field] = more;
    return field;
  }

  /** Adds what is missing of ECS to the pairs of the open event from {@code first} on. */
  void add(EventDraft draft, int first) {
    touchedCount = 0;
    var into = draft.into();
    int filled = into.filled();
    for (int k = first; k < filled; k++) {
      int field = into.field(k);
      short[] known = field < rules.length ? rules[field] : null;
      if (known != null && isValue(draft, k)) {
        consider(known, k);
      }
    }
    for (int i = 0; i < touchedCount; i++) {
      int t = touched[i];
      if (ranks[t] > 0 && into.findOpen(targets[t]) < 0) {
        copy(draft, t, pairs[t]);
      }
      ranks[t] = Integer.MAX_VALUE;
    }
  }

  private void consider(short[] known, int k) {
    for (short rule : known) {
      int target = rule >> 5;
      int rank = rule & 31;
      if (ranks[target] == Integer.MAX_VALUE) {
        touched[touchedCount++] = target;
      }
      if (rank < ranks[target]) {
        ranks[target] = rank;
        pairs[target] = k;
      }
    }
  }

  private void copy(EventDraft draft, int target, int k) {
    var into = draft.into();
    int field = targets[target];
    byte[] b = into.bytes(k);
    int from = into.start(k);
    int to = from + into.length(k);
    switch (cuts[target]) {
      case WHOLE -> into.addPart(field, k, 0, to - from);
      case LEAF -> into.addPart(field, k, leaf(draft, k), to - from);
      case LOWER -> lower(draft, field, k);
      case LEVEL -> level(draft, field, k);
      case NUMBER -> number(draft, field, k);
      case ADDRESS -> into.addPart(field, k, 0, Cuts.addressEnd(b, from, to) - from);
      case PORT -> port(draft, field, k);
      case TRANSPORT -> word(draft, field, k, Cuts.transport(b, from, to));
      case PROTOCOL ->
          word(draft, field, k, Cuts.transport(b, from, Ascii.until(b, from, to, '/')));
      case TIME -> word(draft, field, k, Cuts.time(draft.dates().any(b, from, to)));
      case OUTCOME -> word(draft, field, k, Cuts.outcome(b, from, to));
      case DIRECTION -> word(draft, field, k, Cuts.direction(b, from, to));
      case MD5 -> word(draft, field, k, Cuts.digest(b, from, to, 32));
      case SHA1 -> word(draft, field, k, Cuts.digest(b, from, to, 40));
      case SHA256 -> word(draft, field, k, Cuts.digest(b, from, to, 64));
    }
  }

  // A word as Cuts gives it: empty for the value as it is, null for nothing.
  private static void word(EventDraft draft, int field, int k, byte @Nullable [] word) {
    if (word == null) {
      return;
    }
    if (word.length == 0) {
      draft.into().addPart(field, k, 0, draft.into().length(k));
    } else {
      draft.word(field, word);
    }
  }

  private void level(EventDraft draft, int field, int k) {
    if (Ascii.isLetter(draft.into().bytes(k)[draft.into().start(k)])) {
      lower(draft, field, k);
    }
  }

  private static void number(EventDraft draft, int field, int k) {
    var into = draft.into();
    int from = into.start(k);
    long number = Cuts.hexadecimal(into.bytes(k), from, from + into.length(k));
    if (number >= 0) {
      draft.number(field, number);
    } else {
      into.addPart(field, k, 0, into.length(k));
    }
  }

  private static void port(EventDraft draft, int field, int k) {
    var into = draft.into();
    byte[] b = into.bytes(k);
    int from = into.start(k);
    int to = from + into.length(k);
    int start = Cuts.portStart(b, from, to);
    into.addPart(field, k, start - from, Ascii.skipDigits(b, start, to) - from);
  }

  /** A value in lower case; a long one stays as it is. */
  private void lower(EventDraft draft, int field, int k) {
    var into = draft.into();
    int length = into.length(k);
    if (length > lower.length) {
      into.addPart(field, k, 0, length);
      return;
    }
    byte[] b = into.bytes(k);
    int from = into.start(k);
    for (int i = 0; i < length; i++) {
      byte c = b[from + i];
      lower[i] = c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }
    into.addCopy(field, lower, 0, length);
  }

  private static boolean isValue(EventDraft draft, int k) {
    var into = draft.into();
    int length = into.length(k);
    return length > 1 || (length == 1 && into.bytes(k)[into.start(k)] != '-');
  }

  /** Offset after the last slash or backslash of a value. */
  private static int leaf(EventDraft draft, int k) {
    var into = draft.into();
    byte[] b = into.bytes(k);
    int from = into.start(k);
    for (int i = from + into.length(k) - 1; i >= from; i--) {
      if (b[i] == '/' || b[i] == '\\') {
        return i + 1 - from;
      }
    }
    return 0;
  }
}
