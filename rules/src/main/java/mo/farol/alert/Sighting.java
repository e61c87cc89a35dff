package mo.farol.alert;

import mo.farol.event.Event;
import mo.farol.indicator.IndicatorHit;

/**
 * An indicator in an event.
 *
 * @param event whole
 * @param lane empty for live traffic, else the import's id
 * @param exercise drill data
 */
public record Sighting(IndicatorHit hit, Event event, String lane, boolean exercise) {
  /** Value of an event field, empty when it has none. */
  public String field(String name) {
    return event.fields().getOrDefault(name, "");
  }
}
