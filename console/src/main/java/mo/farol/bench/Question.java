package mo.farol.bench;

import java.time.Duration;
import java.time.Instant;
import mo.farol.sample.Traffic;

/** What is asked of every program alike. From {@code from} on, until before {@code to}. */
sealed interface Question {
  /** Rows of a page. */
  int PAGE = 50;

  /** Width of a bin of {@link Counts}: a sixtieth of the corpus. */
  Duration BIN = Traffic.SPAN.dividedBy(60);

  Instant from();

  Instant to();

  /** The newest rows whose field is this value. */
  record Term(String field, String value, Instant from, Instant to) implements Question {}

  /** The newest rows that have both words, in any case. */
  record Text(String one, String other, Instant from, Instant to) implements Question {}

  /** The newest rows whose field is like this; {@code *} is anything. */
  record Wildcard(String field, String pattern, Instant from, Instant to) implements Question {}

  /** Counts by {@link #BIN}; of {@code words} empty all events, else those that have both. */
  record Counts(String one, String other, Instant from, Instant to) implements Question {
    boolean isOfAll() {
      return one.isEmpty();
    }
  }

  /** The most frequent values of a field. */
  record Top(String field, int values, Instant from, Instant to) implements Question {}
}
