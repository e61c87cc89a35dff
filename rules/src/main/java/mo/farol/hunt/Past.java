package mo.farol.hunt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.window.WindowConfig;

/**
 * How far what is counted over time reaches beyond the time that is hunted in.
 *
 * @param order the hunt
 * @param fromMicros first event time that is looked at; {@link Long#MIN_VALUE} for all history
 */
record Past(HuntOrder order, long fromMicros) {
  static Past of(HuntOrder order) {
    var reach =
        order.target() instanceof HuntTarget.Rules rules ? Lookback.of(rules) : Duration.ZERO;
    long from = order.fromMicros();
    return new Past(
        order, from == Long.MIN_VALUE ? from : Math.max(Long.MIN_VALUE + 1, from - micros(reach)));
  }

  private static long micros(Duration span) {
    return span.toNanos() / 1_000;
  }

  /**
   * Up to when nothing more comes: windows that ended by then, and the lateness before, are over.
   */
  long end(Optional<Instant> lastReceipt) {
    long now = lastReceipt.map(Micros::of).orElse(Long.MIN_VALUE / 2);
    long lateness = micros(WindowConfig.defaults().lateness());
    return order.toMicros() > now - lateness ? now : order.toMicros() + lateness;
  }

  /** What is told about it. */
  HuntResult.WarmUp warmUp(Optional<Instant> oldest) {
    var from =
        fromMicros == Long.MIN_VALUE
            ? Optional.<Instant>empty()
            : Optional.of(Micros.toInstant(fromMicros));
    boolean isCut = from.isEmpty() || oldest.filter(at -> at.isAfter(from.get())).isPresent();
    return new HuntResult.WarmUp(from, oldest, isCut);
  }
}
