package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import mo.farol.silence.Sources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What detection does while no event waits: it looks for silences and for what is wrong with the
 * centre itself, and moves the clocks of live sessions on. On the detection thread.
 */
final class IdleTasks {
  private static final Logger LOG = LoggerFactory.getLogger(IdleTasks.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LEAP = Duration.ofDays(1);

  private final Sources sources;
  private final AlertDesk desk;
  private final Interval silences = new Interval(EVERY);
  private final Interval looks = new Interval(EVERY);
  private Instant pulseAt = Instant.EPOCH;
  private boolean busy;
  private boolean failed;
  private volatile boolean listening;
  private volatile Findings findings = Findings.NONE;

  IdleTasks(Sources sources, AlertDesk desk) {
    this.sources = sources;
    this.desk = desk;
  }

  /** Tells that sources can be heard, from now on: before, none is missed. Any thread may call. */
  void listen() {
    listening = true;
  }

  boolean isListening() {
    return listening;
  }

  /** Says who finds what is wrong with the centre itself. Any thread may call. */
  void heed(Findings findings) {
    this.findings = findings;
  }

  /** Events came: their time moves the clocks on until the next pulse. */
  void busy() {
    busy = true;
  }

  /**
   * Comes by between batches.
   *
   * @param caughtUp whether no event waits
   */
  void pulse(boolean caughtUp, Instant now) {
    if (caughtUp) {
      lookForFindings(now);
      if (listening) {
        lookForSilence(now);
      }
      moveIdleClocks(now);
    }
    pulseAt = now;
    busy = false;
  }

  // Not while events wait: a finding is of now, and would move the clock of the decisions past
  // what the waiting events have to say. What can't be asked now is asked again.
  private void lookForFindings(Instant now) {
    if (looks.isOver(now)) {
      looks.begin(now);
      try {
        findings.due(now).forEach(desk::found);
        failed = false;
      } catch (RuntimeException e) {
        if (!failed) {
          LOG.error("what is wrong with the centre itself can't be looked for; tried again", e);
        }
        failed = true;
      }
    }
  }

  // Only while nothing waits to be heard: a backlog is no silence.
  private void lookForSilence(Instant now) {
    if (silences.isOver(now)) {
      silences.begin(now);
      sources.due(now).forEach(desk::silent);
    }
  }

  // So long passes between no two pulses: our own clock leapt, and the sessions' don't follow.
  private void moveIdleClocks(Instant now) {
    boolean isIdle = !busy && !pulseAt.equals(Instant.EPOCH) && now.isAfter(pulseAt);
    if (isIdle && !Interval.wentBy(pulseAt, now, LEAP)) {
      desk.idle(Duration.between(pulseAt, now));
    }
  }
}
