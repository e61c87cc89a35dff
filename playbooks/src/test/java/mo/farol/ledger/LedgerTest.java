package mo.farol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir Path folder;

  @Test
  void the_embedded_ledger_syncs_every_commit() {
    try (var ledger = Ledger.openSqlite(folder.resolve("new/ledger.db"))) {
      assertThat(pragma(ledger, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(ledger, "synchronous")).isEqualTo("2");
      assertThat(pragma(ledger, "foreign_keys")).isEqualTo("1");
    }
  }

  @Test
  void what_was_written_is_there_after_a_restart() {
    try (var ledger = Ledger.openSqlite(folder.resolve("ledger.db"))) {
      ledger.change(h -> h.execute("insert into checkpoint (name, next) values ('x', 7)"));
    }
    try (var ledger = Ledger.openSqlite(folder.resolve("ledger.db"))) {
      assertThat(next(ledger)).containsExactly(7L);
    }
  }

  @Test
  void how_often_rules_were_right_for_agencies_is_read_from_an_index_alone() {
    try (var ledger = Ledger.openSqlite(folder.resolve("ledger.db"))) {
      var plan =
          ledger.read(
              h ->
                  h.createQuery(
                          "explain query plan select rule, agency, sum(verdict = 'TRUE_POSITIVE')"
                              + " from alert where verdict in ('TRUE_POSITIVE', 'FALSE_POSITIVE')"
                              + " group by rule, agency")
                      .map((rs, _) -> rs.getString("detail"))
                      .list());
      assertThat(plan).containsExactly("SCAN alert USING COVERING INDEX alert_by_verdict");
    }
  }

  @Test
  void a_work_that_fails_leaves_nothing_behind() {
    try (var ledger = Ledger.openSqlite(folder.resolve("ledger.db"))) {
      assertThatThrownBy(
              () ->
                  ledger.change(
                      h -> {
                        h.execute("insert into checkpoint (name, next) values ('x', 7)");
                        throw new IllegalStateException("power cut");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(next(ledger)).isEmpty();
    }
  }

  @Test
  void a_write_within_a_write_is_part_of_it_and_sees_it() {
    try (var ledger = Ledger.openSqlite(folder.resolve("ledger.db"))) {
      ledger.change(
          h -> {
            h.execute("insert into checkpoint (name, next) values ('x', 1)");
            ledger.change(inner -> inner.execute("update checkpoint set next = next + 1"));
            assertThat(next(ledger)).containsExactly(2L);
          });
      assertThat(next(ledger)).containsExactly(2L);
    }
  }

  @Test
  void many_writers_at_once_wait_for_each_other() throws Exception {
    try (var ledger = Ledger.openSqlite(folder.resolve("ledger.db"));
        var people = Executors.newVirtualThreadPerTaskExecutor()) {
      ledger.change(h -> h.execute("insert into checkpoint (name, next) values ('x', 0)"));
      var work = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < 50; i++) {
        work.add(() -> ledger.write(h -> h.execute("update checkpoint set next = next + 1")));
      }
      for (var done : people.invokeAll(work)) {
        assertThat(done.get()).isEqualTo(1);
      }
      assertThat(next(ledger)).containsExactly(50L);
    }
  }

  @Test
  void a_file_that_is_no_ledger_is_refused_with_its_name() throws IOException {
    Path file = folder.resolve("ledger.db");
    Files.writeString(
        file, "this is a shopping list, long enough to be read as a header page ....");
    assertThatThrownBy(() -> Ledger.openSqlite(file))
        .isInstanceOf(LedgerFault.class)
        .hasMessageContaining(file.toString());
  }

  private static String pragma(Ledger ledger, String name) {
    return ledger.read(h -> h.createQuery("pragma " + name).mapTo(String.class).one());
  }

  private static List<Long> next(Ledger ledger) {
    return ledger.read(h -> h.createQuery("select next from checkpoint").mapTo(Long.class).list());
  }
}
