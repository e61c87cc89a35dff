package mo.farol.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

/** A disk that is full, fails to sync, or has not forced what a killed process wrote. */
class FaultyDiskTest extends OnFakeDisk {
  @Test
  void a_full_disk_refuses_and_takes_again_by_itself_once_there_is_room() {
    write(0, 5);
    disk.limit(40);
    var refusal = Answer.to(journal, Numbered.batch(100, 5)).refusal();
    assertThat(refusal).isInstanceOf(JournalFault.class).hasMessageContaining("No space left");
    assertThat(Answer.to(journal, Numbered.batch(100, 5)).isKept()).isFalse();
    assertThat(journal.received()).isEqualTo(5);
    disk.limit(Long.MAX_VALUE);

    await().until(() -> Answer.to(journal, Numbered.batch(5, 5)).isKept());
    assertThat(Numbered.read(journal, 0)).isEqualTo(EventLogContract.numbers(0, 10));
    stop();
    journal = open(disk);
    assertThat(Numbered.read(journal, 0)).isEqualTo(EventLogContract.numbers(0, 10));
  }

  @Test
  void below_the_reserve_not_a_byte_is_written_however_often_it_is_tried() throws Exception {
    journal.close();
    journal = open(disk, 1_000_000);
    write(0, 5);
    disk.sayFree(999_999);
    // What others write is noticed a little late, but once noticed it holds.
    await().until(() -> !Answer.to(journal, Numbered.batch(5, 1)).isKept());
    long before = length();
    long kept = journal.durable();

    for (int i = 0; i < 60; i++) {
      assertThat(Answer.to(journal, Numbered.batch(100, 5)).isKept()).as("try %d", i).isFalse();
      Thread.sleep(10);
    }

    assertThat(disk.names()).hasSize(1);
    assertThat(length()).isEqualTo(before);
    disk.sayFree(Long.MAX_VALUE);
    await().until(() -> Answer.to(journal, Numbered.batch(kept, 5)).isKept());
  }

  @Test
  void what_a_killed_process_wrote_is_forced_before_it_is_believed() {
    write(0, 3);
    var killed = disk.afterKill();
    killed.forgetForces();

    journal.close();
    journal = open(killed);
    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 2L);
    journal.close();
    journal = open(killed.afterPowerCut());
    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 2L);
  }

  @Test
  void where_the_last_file_cannot_be_forced_it_is_written_anew() {
    write(0, 3);
    byte[] whole = stop();
    reopen(whole);
    journal.close();
    disk.failSyncs(1);
    journal = open(disk);

    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 2L);
    journal.close();
    journal = open(disk.afterPowerCut());
    assertThat(Numbered.read(journal, 0)).containsExactly(0L, 1L, 2L);
  }

  @Test
  void after_a_failed_sync_the_same_file_is_never_synced_or_written_again() {
    write(0, 5);
    String broken = disk.names().getFirst();
    byte[] before = disk.get(broken);
    disk.failSyncs(1);
    assertThat(Answer.to(journal, Numbered.batch(100, 5)).isKept()).isFalse();

    await().until(() -> Answer.to(journal, Numbered.batch(5, 5)).isKept());
    assertThat(disk.get(broken)).isEqualTo(before);
    assertThat(disk.names()).hasSize(2);
    assertThat(metrics.get("farol_journal_faults_total").counter().count()).isEqualTo(1);
    assertThat(Numbered.read(journal, 0)).isEqualTo(EventLogContract.numbers(0, 10));
  }
}
