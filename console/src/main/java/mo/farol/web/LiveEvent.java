package mo.farol.web;

import java.util.Map;

/**
 * Something changed that an open page may want to show.
 *
 * @param kind {@code alert}, {@code incident}, {@code run}
 * @param agency whose it is; only who may see the agency hears of it
 * @param data a few words for the page; values may come from logs
 */
public record LiveEvent(String kind, String agency, Map<String, String> data) {
  public LiveEvent {
    data = Map.copyOf(data);
  }
}
