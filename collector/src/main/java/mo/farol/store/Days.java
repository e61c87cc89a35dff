package mo.farol.store;

import java.time.LocalDate;
import mo.farol.event.EventBatch;

/**
 * Which shard an event belongs to: the day it occurred, in UTC. A live sender's clock is believed
 * within a day ahead and thirty back, an archive's within ten years; otherwise the day of receipt
 * counts, so that a lying clock can't make shards without end.
 */
final class Days {
  private static final long DAY = 86_400_000_000L;
  private long lastDay = Long.MIN_VALUE;
  private String lastName = "";

  String of(EventBatch batch, int i) {
    long received = batch.frames().receivedAtMicros();
    long occurred = batch.occurredAtMicros(i);
    long back = batch.origin().isLive() ? 30 * DAY : 3_660 * DAY;
    boolean believed = occurred > received - back && occurred < received + DAY;
    long day = Math.floorDiv(believed ? occurred : received, DAY);
    if (day != lastDay) {
      lastDay = day;
      lastName = LocalDate.ofEpochDay(day).toString();
    }
    return lastName;
  }
}
