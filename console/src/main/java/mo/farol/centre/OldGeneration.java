package mo.farol.centre;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Optional;
import javax.management.NotificationEmitter;

/**
 * Keeps the heap small while events pour in. Buffers of the index that outlive a few young
 * collections pile up in the old generation, and the parallel collector leaves them there until the
 * whole heap is full: of 440 MB, 80 were in use. Once so much was added since the last full
 * collection as is in use, and 256 MiB at least, it is collected: 60 to 150 ms each ten seconds or
 * so at full load, and the process stays a third smaller.
 */
public final class OldGeneration {
  private static final long LEAST_GROWTH = 256L << 20;
  private static final String NAME = "PS Old Gen";

  private final MemoryPoolMXBean pool;
  private final Runnable collection;

  OldGeneration(MemoryPoolMXBean pool, Runnable collection) {
    this.pool = pool;
    this.collection = collection;
  }

  /** From now on until the process ends; nothing where another collector is at work. */
  public static void keepSmall() {
    pool().ifPresent(pool -> new OldGeneration(pool, System::gc).watch());
  }

  private static Optional<MemoryPoolMXBean> pool() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().equals(NAME))
        .filter(MemoryPoolMXBean::isUsageThresholdSupported)
        .findFirst();
  }

  private void watch() {
    expect();
    var memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    memory.addNotificationListener((_, _) -> grown(), null, null);
  }

  /** Collects where it has grown as much as it may. */
  void grown() {
    if (pool.isUsageThresholdExceeded()) {
      collection.run();
      expect();
    }
  }

  /** Says how far it may grow from here; at its end the JVM collects by itself. */
  void expect() {
    var now = pool.getUsage();
    long wanted = now.getUsed() + Math.max(now.getUsed(), LEAST_GROWTH);
    pool.setUsageThreshold(now.getMax() < 0 ? wanted : Math.min(wanted, now.getMax()));
  }
}
