package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Follows every buffer of a test class; one that was never given back fails it. */
public final class Leaks implements BeforeAllCallback, AfterAllCallback {
  private static final List<String> FOUND = new CopyOnWriteArrayList<>();

  /** Tells us of what the detector finds, which by itself only logs it. */
  private static final class Telling<T> extends ResourceLeakDetector<T> {
    Telling(Class<?> type, int interval) {
      super(type, interval);
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
      FOUND.add(type + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
      FOUND.add(type);
    }
  }

  private static final class Factory extends ResourceLeakDetectorFactory {
    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval) {
      return new Telling<>(resource, samplingInterval);
    }

    // still abstract in Netty 4.2, though deprecated
    @SuppressWarnings("deprecation")
    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return new Telling<>(resource, samplingInterval);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    FOUND.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    // The detector speaks on the next allocation after a collection.
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(20);
      PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
    }
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
    assertThat(FOUND).as("buffers never given back").isEmpty();
  }
}
