package mo.farol.match;

import java.util.Arrays;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
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

  private final Columns columns;
  private int[] roles = new int[1024]; // by Fields id: one of the above, or FIRST + local name
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

  private EventBatch batch = new EventBatch();
  private int from;
  private int to;
  private int event;

  View(Columns columns) {
    this.columns = columns;
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
    room(to - from);
    for (int k = from; k < to; k++) {
      place(k);
    }
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
    hidden[at] = role == HIDDEN;
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
    }
    String name = Fields.name(field).replace(" ", "");
    int local = columns.known(name);
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
    for (int each : columns.locals(column)) {
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

  /** The array {@link #foldedFrom} and {@link #foldedTo} point into, for pair {@code k}. */
  byte[] folded(int k) {
    if (foldedFrom[k - from] < 0) {
      fold(k);
    }
    return scratch;
  }

  private void fold(int k) {
    int length = batch.length(k);
    int need = scratchEnd + Fold.room(length);
    if (need > scratch.length) {
      scratch = Arrays.copyOf(scratch, Math.max(need, scratch.length * 2));
    }
    foldedFrom[k - from] = scratchEnd;
    scratchEnd = Fold.utf8(batch.bytes(k), batch.start(k), length, scratch, scratchEnd);
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

  EventBatch batch() {
    return batch;
  }

  /** Index of the event in its batch. */
  int event() {
    return event;
  }

  /** The name an event gives the field of a pair. */
  String name(int k) {
    return Fields.name(batch.field(k));
  }

  /** Counts events; the same for one event, another for the next. */
  long stamp() {
    return stamp;
  }
}
