package mo.farol.match;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.Micros;
import mo.farol.sigma.Fold;

/**
 * One event of a batch as rules see it: its values by column, folded when first asked for. Holds
 * scratch only and is moved from event to event.
 */
final class View {
  private static final int UNKNOWN = 0;
  private static final int IGNORED = 1;
  private static final int HIDDEN = 2;
  private static final int FIRST = 3;

  /** The name under which rules find an event's own time. */
  static final String TIMESTAMP = "@timestamp";

  /**
   * Names under which the parser says something in words of its own. Keywords are searched for in
   * what was sent: our "failure" is no word of the log.
   */
  static final Set<String> WORDS =
      Set.of(
          "event.category",
          "event.type",
          "event.action",
          "event.outcome",
          "event.kind",
          "event.provider",
          "network.direction",
          "network.transport",
          "network.protocol",
          "cloud.provider",
          "log.level",
          "log.syslog.facility.code",
          "log.syslog.severity.code");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
  private static final byte[] NO_TIME = {};

  private final Columns columns;
  private final ZoneId zone;
  private int[] roles = new int[1024]; // by Fields id: one of the above, or FIRST + local name
  private boolean[] words = new boolean[1024]; // by Fields id: whether its name is one of WORDS
  private int[] heads = new int[64]; // by local name: first pair
  private int[] tails = new int[64];
  private long[] headStamps = new long[64];
  private int[] nexts = new int[64]; // by pair - from
  private boolean[] hidden = new boolean[64];
  private int[] foldedFrom = new int[64];
  private int[] foldedTo = new int[64];
  private byte[] scratch = new byte[8192];
  private int scratchEnd;
  private int[] present = new int[64]; // names this event has that rules look at
  private int presentCount;
  private long stamp;
  private byte[] time = NO_TIME; // of this event, once asked for
  private final Presence presence = new Presence();

  private EventBatch batch = new EventBatch();
  private int from;
  private int to;
  private int event;

  /**
   * @param zone in which {@code @timestamp} is told
   */
  View(Columns columns, ZoneId zone) {
    this.columns = columns;
    this.zone = zone;
  }

  /** Moves to event {@code i} of a batch. */
  void open(EventBatch newBatch, int i) {
    batch = newBatch;
    event = i;
    from = newBatch.from(i);
    to = newBatch.to(i);
    scratchEnd = 0;
    presentCount = 0;
    stamp++;
    room(to - from + 1);
    for (int k = from; k < to; k++) {
      place(k);
    }
    placeTime();
  }

  /**
   * The time of an event is no pair of it, whatever its format; to rules it is one more, after the
   * last, named {@code @timestamp}. One that a sender wrote and nobody could read stays what it is.
   */
  private void placeTime() {
    int local = columns.known(TIMESTAMP);
    if (local < 0 || headStamps[local] == stamp) {
      return;
    }
    time = NO_TIME;
    headStamps[local] = stamp;
    heads[local] = to;
    tails[local] = to;
    nexts[to - from] = -1;
    foldedFrom[to - from] = -1;
    present[presentCount++] = local;
  }

  private void room(int pairs) {
    if (pairs > nexts.length) {
      nexts = new int[pairs * 2];
      hidden = new boolean[pairs * 2];
      foldedFrom = new int[pairs * 2];
      foldedTo = new int[pairs * 2];
      present = new int[pairs * 2];
    }
    if (columns.nameCount() > heads.length) {
      heads = new int[columns.nameCount() * 2];
      tails = new int[heads.length];
      headStamps = new long[heads.length];
    }
  }

  private void place(int k) {
    int field = batch.field(k);
    int role = field < roles.length ? roles[field] : UNKNOWN;
    if (role == UNKNOWN) {
      role = learn(field);
    }
    int at = k - from;
    nexts[at] = -1;
    foldedFrom[at] = -1;
    hidden[at] = role == HIDDEN || (words[field] && !batch.isSlice(k));
    if (role >= FIRST) {
      int local = role - FIRST;
      if (headStamps[local] == stamp) {
        nexts[tails[local] - from] = k;
      } else {
        headStamps[local] = stamp;
        heads[local] = k;
        present[presentCount++] = local;
      }
      tails[local] = k;
    }
  }

  /** Field names lose their spaces: Sigma specification 2.1.0, "Field Usage", 2. */
  private int learn(int field) {
    if (field >= roles.length) {
      roles = Arrays.copyOf(roles, Math.max(field + 1, roles.length * 2));
      words = Arrays.copyOf(words, roles.length);
    }
    String name = Fields.name(field).replace(" ", "");
    int local = columns.known(name);
    words[field] = WORDS.contains(name);
    boolean ours = name.equals("event.dataset") || name.startsWith("farol.");
    roles[field] = local >= 0 ? FIRST + local : ours ? HIDDEN : IGNORED;
    return roles[field];
  }

  /** How many names this event has that rules look at. */
  int presentCount() {
    return presentCount;
  }

  /** Number of one of them. */
  int present(int i) {
    return present[i];
  }

  /** Whether a column's first name present in this event is this one. */
  boolean leads(int column, int local) {
    return leads(columns.locals(column), local);
  }

  /** Whether the first of these names that this event has is this one. */
  boolean leads(int[] names, int local) {
    for (int each : names) {
      if (headStamps[each] == stamp) {
        return each == local;
      }
    }
    return false;
  }

  /** First pair of a column, or -1 where the event has none. */
  int first(int column) {
    if (column == Columns.EVERY) {
      return visible(from);
    }
    for (int local : columns.locals(column)) {
      if (headStamps[local] == stamp) {
        return heads[local];
      }
    }
    return -1;
  }

  /** Whether the event has the field of a column, be it without a value. */
  boolean isThere(int column) {
    if (first(column) >= 0) {
      return true;
    }
    for (int local : columns.locals(column)) {
      if (presence.has(batch, event, columns.utf8(local))) {
        return true;
      }
    }
    return false;
  }

  /** The pair after {@code k} in the same column, or -1. */
  int next(int column, int k) {
    return column == Columns.EVERY ? visible(k + 1) : nexts[k - from];
  }

  private int visible(int k) {
    for (int at = k; at < to; at++) {
      if (!hidden[at - from] && batch.field(at) != Fields.EVENT_DATASET) {
        return at;
      }
    }
    return -1;
  }

  /** The first visible pair of a field that is a slice of what was sent, or -1. */
  int slice(int field) {
    int k = batch.find(event, field);
    return k >= 0 && !hidden[k - from] && batch.isSlice(k) ? k : -1;
  }

  /**
   * Whether the value of a pair lies within that of another pair, a slice of what was sent, and
   * folds to a part of what that folds to: no character of the other reaches over its ends.
   */
  boolean isPartOf(int k, int slice) {
    if (k == slice || k >= to || !batch.isSlice(k)) {
      return false;
    }
    byte[] sent = batch.bytes(k);
    int start = batch.start(k);
    int end = start + batch.length(k);
    int last = batch.start(slice) + batch.length(slice);
    return start >= batch.start(slice)
        && end <= last
        && (start == last || !isContinuation(sent[start]))
        && (end == last || !isContinuation(sent[end]));
  }

  private static boolean isContinuation(byte utf8) {
    return (utf8 & 0xc0) == 0x80;
  }

  /** The array {@link #foldedFrom} and {@link #foldedTo} point into, for pair {@code k}. */
  byte[] folded(int k) {
    if (foldedFrom[k - from] < 0) {
      fold(k);
    }
    return scratch;
  }

  private void fold(int k) {
    int length = length(k);
    int need = scratchEnd + Fold.room(length);
    if (need > scratch.length) {
      scratch = Arrays.copyOf(scratch, Math.max(need, scratch.length * 2));
    }
    foldedFrom[k - from] = scratchEnd;
    scratchEnd = Fold.utf8(bytes(k), start(k), length, scratch, scratchEnd);
    foldedTo[k - from] = scratchEnd;
  }

  /** Where the folded value starts; ask {@link #folded} first. */
  int foldedFrom(int k) {
    return foldedFrom[k - from];
  }

  /** Where the folded value ends. */
  int foldedTo(int k) {
    return foldedTo[k - from];
  }

  /** The array that holds the value of a pair as it was sent. */
  byte[] bytes(int k) {
    return k < to ? batch.bytes(k) : time();
  }

  /** Where the value starts in {@link #bytes}. */
  int start(int k) {
    return k < to ? batch.start(k) : 0;
  }

  /** Its length in bytes. */
  int length(int k) {
    return k < to ? batch.length(k) : time().length;
  }

  /** The value as text. */
  String text(int k) {
    return new String(bytes(k), start(k), length(k), StandardCharsets.UTF_8);
  }

  /** The name an event gives the field of a pair. */
  String name(int k) {
    return k < to ? Fields.name(batch.field(k)) : TIMESTAMP;
  }

  private byte[] time() {
    if (time.length == 0) {
      time = timeOf(batch, event, zone).getBytes(StandardCharsets.US_ASCII);
    }
    return time;
  }

  /** The time of an event as rules see it, such as {@code 2026-11-24T18:00:00.000+08:00}. */
  static String timeOf(EventBatch batch, int i, ZoneId zone) {
    return TIME.format(Micros.toInstant(batch.occurredAtMicros(i)).atZone(zone));
  }

  /** Counts events; the same for one event, another for the next. */
  long stamp() {
    return stamp;
  }
}
