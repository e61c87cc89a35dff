package mo.farol.wire;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.journal.EventLog;

/**
 * What every input is given to work with.
 *
 * @param log takes the frames
 * @param clock gives the time of receipt
 * @param counts all counters
 * @param underWay batches that are not yet durable, refused or dropped
 * @param pendingBoundBytes what the log lets wait
 * @param shares what each agency has under way and may send
 * @param doubts frames that may come again
 * @param budget memory of what has begun and not ended
 * @param agencies connections of each agency
 * @param frameLimit bytes of the longest frame kept whole
 */
public record Inlet(
    EventLog log,
    InstantSource clock,
    Counts counts,
    AtomicLong underWay,
    long pendingBoundBytes,
    Shares shares,
    Doubts doubts,
    Budget budget,
    Agencies agencies,
    int frameLimit) {
  /** The way to the log for one input, under whose name frames are counted. */
  public Appender appender(String input) {
    return new Appender(input, log, clock, pendingBoundBytes, underWay, shares, doubts, counts);
  }
}
