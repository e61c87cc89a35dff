package mo.farol.indicator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mo.farol.event.Micros;

/** Several claims as one indicator. */
final class Together {
  final LinkedHashSet<String> sources = new LinkedHashSet<>();
  private final LinkedHashSet<String> labels = new LinkedHashSet<>();
  private String id = "";
  private int confidence = -1;
  private long newest = Long.MIN_VALUE;
  private Tlp tlp = Tlp.CLEAR;
  private long from = Long.MAX_VALUE;
  private long until = Long.MIN_VALUE + 1;
  private boolean isEndless;

  void add(Terms terms, String claimed, long claimedFrom, long claimedUntil) {
    sources.add(terms.source());
    labels.addAll(terms.labels());
    boolean isStronger =
        terms.confidence() > confidence || terms.confidence() == confidence && claimedFrom > newest;
    if (isStronger) {
      id = claimed.isEmpty() ? id : claimed;
      newest = claimedFrom;
    } else if (id.isEmpty()) {
      id = claimed;
    }
    confidence = Math.max(confidence, terms.confidence());
    tlp = tlp.or(terms.tlp());
    from = Math.min(from, claimedFrom);
    until = Math.max(until, claimedUntil);
    isEndless |= claimedUntil == Claims.NONE;
  }

  Indicator indicator(Kind kind, String value) {
    return new Indicator(
        id.isEmpty() ? made(kind, value) : id,
        kind,
        value,
        List.copyOf(sources),
        confidence,
        tlp,
        time(from),
        isEndless ? Optional.empty() : time(until),
        List.copyOf(labels));
  }

  private String made(Kind kind, String value) {
    String what = sources.getFirst() + "\n" + kind.word() + "\n" + value;
    return "indicator--" + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
  }

  static Optional<Instant> time(long micros) {
    return micros == Claims.NONE ? Optional.empty() : Optional.of(Micros.toInstant(micros));
  }
}
