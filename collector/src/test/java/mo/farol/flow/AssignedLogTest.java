package mo.farol.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.journal.MemoryLog;
import mo.farol.parse.SourceRules;
import org.junit.jupiter.api.Test;

class AssignedLogTest {
  @Test
  void the_journal_keeps_what_was_decided_for_a_source() {
    var log = new MemoryLog();
    var rules = SourceRules.of(List.of("agency-a 192.0.2.0/24 kv Asia/Macau"));
    var assigned = new AssignedLog(log, rules::settle);
    var at = new AtomicLong(-1);

    append(assigned, Origin.live("agency-a", "syslog.tcp", "192.0.2.9"), at);
    append(assigned, Origin.live("agency-b", "syslog.tcp", "192.0.2.9"), at);

    var kept = log.holding(0).orElseThrow().frames();
    assertThat(kept.origin().format()).isEqualTo("kv");
    assertThat(kept.origin().zone()).isEqualTo("Asia/Macau");
    assertThat(kept.count()).isEqualTo(2);
    assertThat(log.holding(2).orElseThrow().frames().origin())
        .isEqualTo(Origin.live("agency-b", "syslog.tcp", "192.0.2.9"));
    assertThat(at.get()).isEqualTo(2);
    assertThat(assigned.durable()).isEqualTo(4);
  }

  private static void append(EventLog log, Origin origin, AtomicLong at) {
    log.append(
        FrameBatch.ofTexts(origin, Instant.EPOCH, "a=1", "b=2"),
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            at.set(firstSequence);
          }

          @Override
          public void failed(JournalFault fault) {
            throw fault;
          }
        });
  }
}
