package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import mo.farol.backup.Backup;
import mo.farol.backup.Restore;
import mo.farol.centre.Home;
import mo.farol.proof.PackageCheck;
import mo.farol.seal.SignerKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole centre, backed up while events pour in, and a centre on what was restored. */
@Timeout(300)
class BackupTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BATCH = 20;

  @TempDir Path folder;

  @Test
  void what_was_acknowledged_before_each_of_several_backups_is_found_proven_and_worked_on_in_it()
      throws Exception {
    Map<Backup.Made, Set<String>> backups = new LinkedHashMap<>();
    try (var house = House.open(home(), SETTINGS);
        var sender = Executors.newSingleThreadExecutor()) {
      house.syslog("intake.syslog.tcp", attack());
      await().atMost(PATIENCE).until(() -> house.get("/incidents").path("total").asInt() == 1);
      String token = house.farol().ingestToken("agency-a", "test");
      Set<String> acknowledged = ConcurrentHashMap.newKeySet();
      var ends = new AtomicBoolean();
      var pouring = sender.submit(() -> pour(house, token, acknowledged, ends));
      try {
        for (int i = 1; i <= 3; i++) {
          int wanted = i * 1_000;
          await().atMost(PATIENCE).until(() -> acknowledged.size() > wanted);
          var before = Set.copyOf(acknowledged);
          backups.put(backup(i > 1), before);
        }
      } finally {
        ends.set(true);
      }
      assertThat(pouring.get()).as("batches sent").isPositive();
      var told = house.get("/status").path("backup");
      assertThat(told.path("in").asText()).contains("backups/farol-");
    }
    int number = 0;
    for (var backup : backups.entrySet()) {
      var restored = folder.resolve("restored-" + number++);
      var come =
          Restore.into(
              new Home(restored),
              backup.getKey().folder(),
              Optional.of(SignerKey.read(home().resolve("keys/seal.key")).verifier()),
              InstantSource.system());
      assertThat(come.verdict().findings()).isEmpty();
      judge(restored, backup.getValue());
    }
  }

  private static final String[] SETTINGS = {
    "journal.segment=64KiB", "seal.every=200ms", "rules.builtin=true"
  };

  private void judge(Path restored, Set<String> acknowledged) throws Exception {
    try (var house = House.open(restored, SETTINGS)) {
      await().atMost(PATIENCE).until(() -> house.isSettled(acknowledged.size()));
      var found = found(house);
      assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged);
      assertThat(house.get("/incidents").path("total").asInt()).isOne();
      var alert = house.get("/alerts?text=guessed&severity=high").path("items").get(0);
      String cited = alert.path("events").get(0).asText();
      assertThat(house.get("/events/" + cited).path("raw").asText()).contains("Failed password");
      String evidence = house.get("/events/" + cited + "/proof").toString();
      var key = SignerKey.read(home().resolve("keys/seal.key")).verifier();
      assertThat(PackageCheck.check(evidence, key, List.of(), Optional.empty()).findings())
          .isEmpty();
      var deeds = house.farol().desk().deeds();
      assertThat(deeds.firstBroken()).isEmpty();
      assertThat(deeds.latest(50)).anyMatch(deed -> deed.what().equals("home.restored"));
      assertThat(house.healthz()).isEqualTo("ok");
      // and it goes on
      String token = house.farol().ingestToken("agency-a", "after");
      assertThat(house.post(token, "after the restore".getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(200);
      await()
          .atMost(PATIENCE)
          .until(() -> house.search("\"after the restore\"").path("total").asInt() == 1);
    }
  }

  @Test
  void a_backup_shares_what_did_not_change_and_outlives_the_one_it_shares_with() throws Exception {
    try (var house = House.open(home(), "journal.segment=8KiB", "rules.builtin=false")) {
      String token = house.farol().ingestToken("agency-a", "test");
      Set<String> acknowledged = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < 60; i++) {
        post(house, token, i, acknowledged);
      }
      await().atMost(PATIENCE).until(() -> house.isSettled(acknowledged.size()));
      var first = backup(false);
      var second = backup(true);
      assertThat(first.copied()).isEqualTo(first.bytes());
      var closed = segments(second.folder());
      assertThat(closed).hasSizeGreaterThan(2);
      closed.removeLast();
      long shared = 0;
      for (var name : closed) {
        shared += Files.size(segment(second.folder(), name));
        assertThat(Files.getAttribute(segment(second.folder(), name), "unix:ino"))
            .isEqualTo(Files.getAttribute(segment(first.folder(), name), "unix:ino"));
      }
      assertThat(second.copied()).isLessThanOrEqualTo(second.bytes() - shared);
      assertThat(backup(false).copied()).as("a full one again").isGreaterThan(second.copied());
      mo.farol.centre.Folders.delete(first.folder());
      var come =
          Restore.into(
              new Home(folder.resolve("again")),
              second.folder(),
              Optional.empty(),
              InstantSource.system());
      assertThat(come.verdict().findings()).isEmpty();
      assertThat(come.verdict().isProven()).isTrue();
    }
  }

  @Test
  void nobody_but_its_owner_reads_a_backup() throws Exception {
    try (var _ = House.open(home(), SETTINGS)) {
      var made = backup(false);
      try (Stream<Path> all = Files.walk(made.folder())) {
        for (var each : all.toList()) {
          String modes = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
          assertThat(modes)
              .as(each.toString())
              .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
        }
      }
      assertThat(made.folder().resolve("home/keys/seal.key")).exists();
      assertThat(made.folder().resolve("home/ledger.db")).exists();
      assertThat(made.folder().resolve("home/lock")).doesNotExist();
    }
  }

  private List<String> segments(Path backup) throws Exception {
    try (Stream<Path> files = Files.list(backup.resolve("home/journal"))) {
      return new ArrayList<>(files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private static Path segment(Path backup, String name) {
    return backup.resolve("home/journal").resolve(name);
  }

  private Backup.Made backup(boolean shares) {
    return Backup.make(
        new Home(home()),
        new Backup.Order(folder.resolve("backups"), shares, true),
        InstantSource.system(),
        "test");
  }

  private Path home() {
    return folder.resolve("home");
  }

  private static int pour(House house, String token, Set<String> acknowledged, AtomicBoolean ends)
      throws Exception {
    int batch = 0;
    while (!ends.get()) {
      post(house, token, batch++, acknowledged);
    }
    return batch;
  }

  private static void post(House house, String token, int batch, Set<String> acknowledged)
      throws Exception {
    var names = new ArrayList<String>();
    var body = new StringBuilder();
    for (int i = 0; i < BATCH; i++) {
      String name = "b%dn%d".formatted(batch, i);
      names.add(name);
      body.append("{\"message\":\"numbered ").append(name).append("\",\"id\":\"");
      body.append(java.util.UUID.randomUUID()).append("\"}\n");
    }
    if (house.post(token, body.toString().getBytes(StandardCharsets.UTF_8)) == 200) {
      acknowledged.addAll(names);
    }
  }

  private static List<String> found(House house) throws Exception {
    var names = new ArrayList<String>();
    String cursor = "";
    do {
      var page =
          house.get(
              "/events?limit=1000&q=numbered" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.path("items")
          .forEach(e -> names.add(e.path("message").asText().replace("numbered ", "")));
      cursor = page.path("next").isNull() ? "" : page.path("next").asText("");
    } while (!cursor.isEmpty());
    return names;
  }

  private static List<String> attack() {
    var lines = new ArrayList<String>();
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    for (int i = 0; i < 12; i++) {
      lines.add(
          "<38>1 %s web-02 sshd 41 - - Failed password for svc-backup from 198.51.100.7 port 4%d ssh2"
              .formatted(now, i));
    }
    lines.add(
        "<38>1 %s web-02 sshd 42 - - Accepted password for svc-backup from 198.51.100.7 port 50 ssh2"
            .formatted(now));
    return lines;
  }
}
