package mo.farol.hunt;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** How far a hunt has come. Its own thread writes, any may ask. */
public final class HuntProgress {
  /** What a hunt does now. */
  public enum Phase {
    WAITING,
    ASKING,
    READING,
    /** Over time, what rules found. */
    COUNTING,
    COVERAGE,
    DONE
  }

  private volatile Phase phase = Phase.WAITING;
  private volatile long events;
  private volatile int questions;
  private volatile int asked;
  private volatile long toRead;
  private volatile long read;
  private volatile boolean isCounting; // something is to be counted once all was read
  private volatile long toCount;
  private volatile long counted;
  private final Map<String, Long> hits = new ConcurrentSkipListMap<>();

  /** What it does now. */
  public Phase phase() {
    return phase;
  }

  /** Events of the time and scope; 0 while that is not known. */
  public long events() {
    return events;
  }

  /** Events that the index could not rule out so far. */
  public long toRead() {
    return toRead;
  }

  /** How many of them were read. */
  public long read() {
    return read;
  }

  /** Hits so far, by agency. */
  public Map<String, Long> hits() {
    return Map.copyOf(hits);
  }

  /** 0 to 1: a third for the index, the rest for what is read and counted. */
  public double done() {
    return switch (phase) {
      case WAITING -> 0;
      case ASKING -> questions == 0 ? 0 : asked / (3.0 * questions);
      case READING -> 1 / 3.0 + part(read, toRead) * (isCounting ? 0.3 : 0.6);
      case COUNTING -> 0.63 + 0.3 * part(counted, toCount);
      case COVERAGE -> 0.95;
      case DONE -> 1;
    };
  }

  private static double part(long some, long all) {
    return all == 0 ? 0 : (double) some / all;
  }

  void now(Phase next) {
    phase = next;
  }

  void events(long count) {
    events = count;
  }

  void asks(int count) {
    questions = count;
  }

  void asked(int count, long found) {
    asked = count;
    toRead = found;
  }

  void read(long count) {
    read = count;
  }

  void isToCount() {
    isCounting = true;
  }

  void counts(long count) {
    toCount = count;
  }

  void counted(long count) {
    counted = count;
  }

  void hit(String agency) {
    hits.merge(agency, 1L, Long::sum);
  }
}
