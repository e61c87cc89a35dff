package mo.farol.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The assets of a file, read again once it changed; looked at every five seconds at most. */
public final class AssetFile implements Supplier<Assets> {
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Path file;
  private final InstantSource clock;
  private Assets assets = Assets.NONE;
  private Instant lookedAt = Instant.MIN;
  private FileTime changed = FileTime.fromMillis(0);
  private long size = -1;

  public AssetFile(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public synchronized Assets get() {
    var now = clock.instant();
    if (lookedAt.equals(Instant.MIN) || Interval.wentBy(lookedAt, now, LOOK)) {
      lookedAt = now;
      look();
    }
    return assets;
  }

  /** Looks at the file when it is asked next, whatever the time. */
  public synchronized void changed() {
    lookedAt = Instant.MIN;
    size = -1;
  }

  private void look() {
    try {
      var time = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
      long bytes = Files.exists(file) ? Files.size(file) : -1;
      if (bytes != size || !time.equals(changed)) {
        size = bytes;
        changed = time;
        assets = Assets.read(file);
      }
    } catch (IOException e) {
      size = -1; // looked at again; what was known stays
    }
  }
}
