package mo.farol.alert;

import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.match.Detection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at events, at each once: by the rules in force, then for indicators. What rules find goes
 * to the windows first, since what they count may be told by it. Belongs to the detection thread,
 * but for what any may ask.
 */
final class Detector {
  private static final Logger LOG = LoggerFactory.getLogger(Detector.class);

  private record Failure(long sequence, Throwable cause) {
    static final Failure NONE = new Failure(-1, new IllegalStateException("none"));
  }

  private final KeptWindows windows;
  private final DetectionRouter router;
  private final Consumer<Detection> detections = this::detected;
  private final Consumer<Sighting> sightings;
  private long seen;
  private Failure failed = Failure.NONE;
  private volatile RuleSet rules;
  private volatile IndicatorLookup lookup = IndicatorLookup.NONE;

  /**
   * @param rules in force at the start
   * @param sightings takes the indicators that are seen
   */
  Detector(
      RuleSet rules, KeptWindows windows, DetectionRouter router, Consumer<Sighting> sightings) {
    this.rules = rules;
    this.windows = windows;
    this.router = router;
    this.sightings = sightings;
  }

  /** Begins with the event of a sequence: those before it are not looked at. */
  void from(long sequence) {
    seen = sequence;
  }

  /** Sequence below which events were looked at. */
  long seen() {
    return seen;
  }

  /** The rules in force. Any thread may ask. */
  RuleSet rules() {
    return rules;
  }

  /** Goes on with other rules, which know what is known of those of the same version. */
  void use(RuleSet next) {
    next.matcher().takeOver(rules.matcher());
    rules = next;
  }

  /** Says which indicators to look for. */
  void seek(IndicatorLookup indicators) {
    lookup = indicators;
  }

  void accept(EventBatch batch) {
    for (int i = batch.first(); i < batch.count(); i++) {
      look(batch, i);
    }
  }

  // An event that makes us fail is not tried again, but fails again when it comes alone: whoever
  // hands it over then knows which one it was.
  private void look(EventBatch batch, int i) {
    long sequence = batch.sequence(i);
    if (sequence >= seen) {
      seen = sequence + 1;
      try {
        windows.before(sequence, batch.frames().receivedAtMicros());
        rules.matcher().match(batch, i, detections);
        lookup.look(batch, i, sightings);
      } catch (RuntimeException | StackOverflowError e) {
        failed = new Failure(sequence, e);
        throw e;
      }
    } else if (failed.sequence == sequence) {
      var again = failed;
      failed = Failure.NONE;
      throw new IllegalStateException("detection failed on event " + sequence, again.cause);
    }
  }

  /** Looks at events out of their order, though they may have been looked at before. */
  void again(EventBatch batch) {
    for (int i = batch.first(); i < batch.count(); i++) {
      try {
        rules.matcher().match(batch, i, detections);
        lookup.look(batch, i, sightings);
      } catch (RuntimeException | StackOverflowError e) {
        LOG.error("detection failed on event {}, read again", batch.sequence(i), e);
      }
    }
  }

  private void detected(Detection detection) {
    windows.accept(detection);
    router.detected(detection);
  }
}
