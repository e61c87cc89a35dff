package mo.farol.search;

import mo.farol.store.Partial;

/** In which way an answer is partial, in words. */
final class Shortfalls {
  private Shortfalls() {}

  static String words(Partial partial) {
    long first = partial.first();
    long second = partial.second();
    return switch (partial.kind()) {
      case TIME ->
          "the time ran out: %,d of the events that match were looked at; ask for less time or fewer events"
              .formatted(first);
      case DAYS ->
          "%,d days of the index are being made again from the journal: what they lack yet is missing; ask again later"
              .formatted(first);
      case GROUPS ->
          "there are more groups than there is memory for: %,d are kept, %,d events are in none of them; ask for less time or by fewer keys"
              .formatted(first, second);
      case DISTINCT -> "memory ran short: numbers of different values are at least what they say";
      case VALUES -> "memory ran short: some first or last values are missing";
      case ESTIMATED ->
          "percentiles of groups of more than %,d values, or of fewer where memory ran short, are estimates within 0.4 %%"
              .formatted(first);
      case DROPPED ->
          "memory ran short: percentiles leave out %,d numbers; ask for less time or by fewer keys"
              .formatted(first);
      case MANY ->
          "%,d events have more values of a field, or combinations of keys, than are counted of one event; ask by fewer keys"
              .formatted(first);
      case KEPT -> "%,d of %,d groups or rows went on".formatted(first, second);
      case READ ->
          "only %,d of %,d events could be read for this, the newest first; count, top and the like before it see all"
              .formatted(first, second);
    };
  }
}
