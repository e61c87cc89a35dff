package mo.farol.journal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** A journal on a disk in memory, whose bytes a test may change between a stop and a start. */
abstract class OnFakeDisk {
  final FakeDisk disk = new FakeDisk(new Random(3));
  SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  Journal journal = open(disk);

  @AfterEach
  void close() {
    journal.close();
  }

  final void write(long from, int... counts) {
    long number = from;
    for (int count : counts) {
      Answer.append(journal, Numbered.batch(number, count));
      number += count;
    }
  }

  final byte[] stop() {
    journal.close();
    return disk.get(disk.names().getLast());
  }

  final void reopen(byte[] last) {
    journal.close();
    String name = disk.names().getFirst();
    disk.names().forEach(disk::remove);
    disk.forget();
    disk.put(name, last);
    journal = open(disk);
  }

  final long length() {
    return disk.get(disk.names().getLast()).length;
  }

  final byte[] apart() {
    return disk.apart().values().iterator().next();
  }

  final Journal open(FakeDisk on) {
    return open(on, 0);
  }

  final Journal open(FakeDisk on, long reserve) {
    return unstarted(on, reserve).start();
  }

  final Journal unstarted(FakeDisk on, long reserve) {
    metrics = new SimpleMeterRegistry();
    var config = new JournalConfig(Path.of("fake"), 8_000, 64 << 20, reserve);
    return Journal.open(config, on, 1, metrics);
  }
}
