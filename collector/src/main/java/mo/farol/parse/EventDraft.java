package mo.farol.parse;

import mo.farol.event.EventBatch;
import mo.farol.event.FieldTypes;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Severity;

/** The event being filled: the batch's columns with what is not a pair. One a parser, re-used. */
final class EventDraft {
  private static final byte[] CUT = Ascii.bytes("more values than we take");
  private static final byte[][] CODES = new byte[24][];

  static {
    for (int i = 0; i < CODES.length; i++) {
      CODES[i] = Ascii.bytes(Integer.toString(i));
    }
  }

  private final int mostPairs;
  private final Dates dates = new Dates();
  private EventBatch into = new EventBatch();
  private byte[] bytes = {};
  private long occurredAt;
  private int severity;
  private boolean hasPriority;
  private final byte[] digits = new byte[20];
  private byte[] peer = {};
  private Origin origin = Origin.live("", "", "");
  private int appFrom;
  private int appTo;
  private boolean isCut;
  private Fields.Budget budget = Fields.budget("");

  /**
   * @param mostPairs values of one event, beyond which the sender's own are left out
   */
  EventDraft(int mostPairs) {
    this.mostPairs = mostPairs;
  }

  /** Takes over a batch opened on these frames. */
  void open(FrameBatch frames, EventBatch batch) {
    into = batch;
    bytes = frames.bytes();
    origin = frames.origin();
    budget = Fields.budget(origin.agency());
    peer = origin.isLive() ? Ascii.bytes(origin.peer()) : new byte[0];
    dates.open(origin, frames.receivedAtMicros());
  }

  /** The number of a field name that the sender made up. */
  int field(byte[] utf8, int from, int to) {
    return Fields.id(utf8, from, to, budget);
  }

  /** Starts the next event. */
  void begin() {
    occurredAt = Micros.NONE;
    severity = Severity.INFORMATIONAL.code();
    hasPriority = false;
    appFrom = 0;
    appTo = 0;
    isCut = false;
  }

  /** Whether one more of the sender's values is taken; where not, {@link #tellCut} says so. */
  boolean hasRoom() {
    boolean has = into.filled() - into.opened() < mostPairs;
    isCut |= !has;
    return has;
  }

  /** Adds a note where values were left out. */
  void tellCut() {
    if (isCut) {
      word(Names.NOTE, CUT);
    }
  }

  EventBatch into() {
    return into;
  }

  /** Where the frames come from. */
  Origin origin() {
    return origin;
  }

  byte[] bytes() {
    return bytes;
  }

  Dates dates() {
    return dates;
  }

  long occurredAt() {
    return occurredAt;
  }

  Severity severity() {
    return Severity.ofCode(severity);
  }

  void occurredAt(long micros) {
    occurredAt = micros;
  }

  void severity(int code) {
    severity = code;
  }

  /** A value that is a slice of the frame; nothing is added for an empty one. */
  void add(int field, int from, int to) {
    if (to > from) {
      into.add(field, from, to);
    }
  }

  /** A value of ours. */
  void word(int field, byte[] word) {
    into.addCopy(field, word, 0, word.length);
  }

  /** A number of ours, 0 or more. */
  void number(int field, long value) {
    int at = digits.length;
    long rest = value;
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    into.addCopy(field, digits, at, digits.length);
  }

  void priority(int priority) {
    severity = priority & 7;
    hasPriority = true;
    word(Fields.FACILITY, CODES[priority >> 3]);
    word(Fields.SEVERITY, CODES[severity]);
  }

  /** The program that wrote the line. */
  void app(int from, int to) {
    appFrom = from;
    appTo = to;
    add(Fields.APP_NAME, from, to);
  }

  int appFrom() {
    return appFrom;
  }

  int appTo() {
    return appTo;
  }

  /** Whether the sender's priority settled the severity. */
  boolean hasPriority() {
    return hasPriority;
  }

  /** Takes over a severity where no priority came before; -1 says nothing. */
  void gradeWithoutPriority(int code) {
    if (!hasPriority && code >= 0) {
      severity = code;
    }
  }

  /** The time in a field of this event, or none. */
  long timeOf(int field) {
    int k = into.findOpen(field);
    return k < 0
        ? Micros.NONE
        : dates.any(into.bytes(k), into.start(k), into.start(k) + into.length(k));
  }

  /** Moves what its field's type refuses to a name of its own, with a note. */
  void refuse() {
    int filled = into.filled();
    for (int k = into.opened(); k < filled; k++) {
      int field = into.field(k);
      if (!FieldTypes.isTyped(field)) {
        continue;
      }
      int from = into.start(k);
      if (!FieldTypes.accepts(field, into.bytes(k), from, from + into.length(k))) {
        into.rename(k, FieldTypes.refused(field));
        word(Names.NOTE, FieldTypes.note(field));
      }
    }
  }

  /** A live frame that names no host comes from its peer. */
  void hostOrPeer() {
    if (peer.length > 0 && into.findOpen(Fields.HOST_NAME) < 0) {
      word(Fields.HOST_NAME, peer);
    }
  }

  boolean hasApp() {
    return appTo > appFrom;
  }
}
