package mo.farol.wire;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;

/**
 * What each agency has under way and how fast it may send, so that one agency's flood is its own
 * matter: it waits, is told to come later, or is dropped and counted, long before others feel it.
 * Any event loop may call.
 */
public final class Shares {
  private static final int MOST_SOURCES = 4096;

  private final Quotas quotas;
  private final long shareBytes;
  private final LongSupplier nanos;
  private final MeterRegistry metrics;
  private final Map<String, Share> shares = new ConcurrentHashMap<>();

  /**
   * @param boundBytes what may wait for the log in all; an agency's share is a quarter of it
   * @param nanos a clock that only runs forward
   */
  public Shares(Quotas quotas, long boundBytes, LongSupplier nanos, MeterRegistry metrics) {
    this.quotas = quotas;
    this.shareBytes = boundBytes / 4;
    this.nanos = nanos;
    this.metrics = metrics;
  }

  /** A batch has arrived: charges its agency and its source. */
  void charge(FrameBatch batch) {
    share(batch.origin()).charge(batch);
  }

  /** A batch is on its way to the log. */
  void sent(FrameBatch batch) {
    share(batch.origin()).pendingBytes.addAndGet(batch.size());
  }

  /** A batch is durable or was refused. */
  void settled(FrameBatch batch) {
    share(batch.origin()).pendingBytes.addAndGet(-batch.size());
  }

  /** Whether a sender has more on the way to the log than its agency's share. */
  boolean isOverShare(Origin origin) {
    return share(origin).pendingBytes.get() > shareBytes;
  }

  /** Whether an agency has so little on the way that it need not feel what others have. */
  boolean isModest(Origin origin) {
    return share(origin).pendingBytes.get() < shareBytes / 16;
  }

  /** Nanoseconds a sender must wait for its quota; 0 where it need not. */
  long waitNanos(Origin origin) {
    return share(origin).waitNanos(origin.peer());
  }

  private Share share(Origin origin) {
    var share = shares.get(origin.agency());
    return share != null ? share : shares.computeIfAbsent(origin.agency(), this::open);
  }

  private Share open(String agency) {
    var share = new Share(new RateLimiter(quotas.of(agency), nanos.getAsLong()));
    metrics.gauge(
        "farol_intake_pending_bytes",
        io.micrometer.core.instrument.Tags.of("agency", agency),
        share.pendingBytes,
        AtomicLong::doubleValue);
    return share;
  }

  private final class Share {
    private final AtomicLong pendingBytes = new AtomicLong();
    private final RateLimiter limiter;
    // Sources by address, the longest unheard forgotten first.
    private final Map<String, RateLimiter> sources =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
            return size() > MOST_SOURCES;
          }
        };

    Share(RateLimiter limiter) {
      this.limiter = limiter;
    }

    void charge(FrameBatch batch) {
      long now = nanos.getAsLong();
      limiter.charge(batch.count(), batch.size(), now);
      if (!quotas.source().isNone()) {
        source(batch.origin().peer(), now).charge(batch.count(), batch.size(), now);
      }
    }

    long waitNanos(String peer) {
      long now = nanos.getAsLong();
      long agency = limiter.waitNanos(now);
      return quotas.source().isNone() ? agency : Math.max(agency, source(peer, now).waitNanos(now));
    }

    private RateLimiter source(String peer, long now) {
      synchronized (sources) {
        return sources.computeIfAbsent(peer, _ -> new RateLimiter(quotas.source(), now));
      }
    }
  }
}
