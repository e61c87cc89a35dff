package mo.farol.alert;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import mo.farol.event.Event;
import mo.farol.event.EventBatch;
import mo.farol.indicator.IndicatorHit;
import mo.farol.indicator.IndicatorHits;
import mo.farol.indicator.IndicatorMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Looks for indicators in events on the watch's thread; an event is made whole only where one is.
 */
final class IndicatorLookup {
  /** Looks for nothing. */
  static final IndicatorLookup NONE = new IndicatorLookup(null, Optional::of, _ -> {});

  private final @Nullable IndicatorMatcher matcher;
  private final Function<IndicatorHit, Optional<IndicatorHit>> which;
  private final Consumer<Sighting> log;
  private final IndicatorHits hits = this::hit;
  private EventBatch batch = new EventBatch();
  private Consumer<Sighting> out = _ -> {};
  private @Nullable Event event;
  private int index;

  /**
   * @param which those that count, as what they count
   * @param log told of each before it is decided on
   */
  IndicatorLookup(
      @Nullable IndicatorMatcher matcher,
      Function<IndicatorHit, Optional<IndicatorHit>> which,
      Consumer<Sighting> log) {
    this.matcher = matcher;
    this.which = which;
    this.log = log;
  }

  /** Hands out what is seen in event {@code i}. */
  void look(EventBatch events, int i, Consumer<Sighting> sighted) {
    if (matcher != null) {
      batch = events;
      index = i;
      event = null;
      out = sighted;
      matcher.match(events, i, hits);
    }
  }

  private void hit(IndicatorHit hit) {
    which.apply(hit).ifPresent(this::counted);
  }

  private void counted(IndicatorHit hit) {
    var whole = event == null ? batch.event(index) : event;
    event = whole;
    var origin = batch.origin();
    var sighting = new Sighting(hit, whole, origin.lane(), origin.exercise());
    log.accept(sighting);
    out.accept(sighting);
  }
}
