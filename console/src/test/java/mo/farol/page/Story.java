package mo.farol.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mo.farol.account.Role;
import mo.farol.alert.Alert;
import mo.farol.event.Agency;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/** A morning at the centre, always the same one: a day of traffic, an intruder, what came of it. */
public final class Story {
  private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");
  private static final List<String> USERS =
      List.of("ana", "rafael", "chan.ka.wai", "beatriz", "svc-backup", "lei.man");
  private static final String INTRUDER = "198.51.100.23";

  private final SmallCentre centre;
  private final Random dice = new Random(20261124);

  public Story(SmallCentre centre) {
    this.centre = centre;
  }

  /** Everything: people, agencies, traffic, alerts, a case under way. */
  public void tell() {
    people();
    everyday();
    List<EventId> guesses = guesses();
    List<EventId> shell = rootShell();
    centre.settle();
    centre.raise(
        alert(
            "a1",
            Level.MEDIUM,
            "finance",
            "Password guessing from one address",
            guesses,
            List.of("T1110.001"),
            14));
    centre.raise(
        alert(
            "b2",
            Level.CRITICAL,
            "finance",
            "Password guessing succeeded, then a root shell",
            shell,
            List.of("T1110.001", "T1548.003"),
            17));
    centre.raise(
        alert("c3", Level.LOW, "water", "Many ports tried", guesses, List.of("T1595.001"), 240));
    centre.raise(
        alert(
            "d4",
            Level.HIGH,
            Alert.NATIONAL,
            "One address guesses passwords at three agencies",
            guesses,
            List.of("T1110"),
            42));
    var incident =
        centre.incidents.list(true, Scope.national(), 10, Optional.empty()).items().stream()
            .filter(i -> i.agency().equals("finance"))
            .findFirst()
            .orElseThrow();
    var playbook =
        centre.playbooks.all().stream()
            .filter(p -> p.labelled("technique:").contains("T1110"))
            .findFirst()
            .orElseThrow();
    centre.runs.start(incident.id(), playbook.id(), "farol", Scope.national());
  }

  public void people() {
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("olga", Role.OPERATOR, Optional.empty());
    centre.account("carlos", Role.COMMITTEE, Optional.empty());
    centre.account("wong", Role.AGENCY, Optional.of("water"));
    centre.agencies.add(new Agency("finance", "Finance Services Bureau"));
    centre.agencies.add(new Agency("health", "Health Bureau"));
    centre.agencies.add(new Agency("water", "Water Supply"));
  }

  private void everyday() {
    for (int minute = 24 * 60; minute > 0; minute -= 4) {
      Instant at = NOW.minus(Duration.ofMinutes(minute));
      int busy = minute < 60 ? 3 : minute > 600 && minute < 1100 ? 1 : 2;
      for (int i = 0; i < busy; i++) {
        centre.send("finance", at, line(at, "jump-01.finance.example", i));
        centre.send("health", at, line(at, "portal-01.health.example", i + 1));
        if (minute % 20 == 0) {
          centre.send("health", at, "\u0001\u0002 what a broken gateway sends " + minute);
        }
        if (minute > 45) {
          centre.send("water", at, line(at, "scada-gw.water.example", i + 2));
        }
      }
    }
  }

  private String line(Instant at, String host, int kind) {
    String user = USERS.get(dice.nextInt(USERS.size()));
    String address = "10.20.1." + (10 + dice.nextInt(200));
    return switch ((kind + dice.nextInt(6)) % 7) {
      case 0 ->
          log(
              at,
              86,
              host,
              "sshd",
              "Accepted publickey for %s from %s port %d ssh2".formatted(user, address, port()));
      case 1 ->
          log(
              at,
              38,
              host,
              "sshd",
              "Failed password for %s from %s port %d ssh2".formatted(user, address, port()));
      case 2 ->
          log(at, 78, host, "CRON", "(%s) CMD (/usr/local/bin/rotate --keep 14)".formatted(user));
      case 3 ->
          log(
              at,
              28,
              host,
              "kernel",
              "[UFW BLOCK] IN=eth0 OUT= SRC=%s DST=10.20.1.5 PROTO=TCP SPT=%d DPT=445"
                  .formatted(address, port()));
      case 4 ->
          log(
              at,
              27,
              host,
              "nginx",
              ("upstream timed out (110: Connection timed out) while reading response header from"
                      + " upstream, client: %s")
                  .formatted(address));
      case 5 ->
          log(
              at,
              86,
              host,
              "sudo",
              "%s : TTY=pts/0 ; PWD=/home/%s ; USER=root ; COMMAND=/usr/bin/systemctl status nginx"
                  .formatted(user, user));
      default ->
          log(at, 30, host, "systemd", "Started Session %d of user %s.".formatted(port(), user));
    };
  }

  private List<EventId> guesses() {
    var ids = new ArrayList<EventId>();
    for (int i = 0; i < 14; i++) {
      Instant at = NOW.minus(Duration.ofMinutes(22)).plusSeconds(i * 3L);
      String text =
          "Failed password for svc-backup from %s port %d ssh2".formatted(INTRUDER, port());
      ids.add(sent(at, log(at, 38, "web-02.finance.example", "sshd", text)));
    }
    return ids;
  }

  private List<EventId> rootShell() {
    Instant at = NOW.minus(Duration.ofMinutes(20));
    String host = "web-02.finance.example";
    return List.of(
        sent(
            at,
            log(
                at,
                38,
                host,
                "sshd",
                "Accepted password for svc-backup from %s port 40022 ssh2".formatted(INTRUDER))),
        sent(
            at.plusSeconds(9),
            log(
                at.plusSeconds(9),
                85,
                host,
                "sudo",
                "svc-backup : TTY=pts/3 ; PWD=/home/svc-backup ; USER=root ; COMMAND=/bin/bash")),
        sent(
            at.plusSeconds(41),
            log(
                at.plusSeconds(41),
                86,
                host,
                "useradd",
                "new user: name=sysupd, UID=0, GID=0, home=/var/lib/sysupd, shell=/bin/bash,"
                    + " from=/dev/pts/3")));
  }

  public static Alert alert(
      String id,
      Level level,
      String agency,
      String title,
      List<EventId> events,
      List<String> techniques,
      long count) {
    var rule = new RuleRef("ssh-password-guessing", "3", "Password guessing over SSH");
    return Alert.of(id.repeat(16), agency, rule)
        .title(title)
        .severity(level)
        .techniques(techniques)
        .entities(
            List.of(
                new Alert.Entity("source.ip", INTRUDER),
                new Alert.Entity("host.name", "web-02.finance.example"),
                new Alert.Entity("user.name", "svc-backup")))
        .at(
            NOW.minus(Duration.ofMinutes(22)),
            NOW.minus(Duration.ofMinutes(19)),
            NOW.minus(Duration.ofMinutes(18)))
        .events(count, events)
        .why(
            List.of(
                "14 failed sign-ins from 198.51.100.23 within 60 s; the threshold is 10",
                "then one accepted for svc-backup on the same host, 42 s later",
                "the host is marked critical: severity raised from high to critical"),
            List.of())
        .build();
  }

  private EventId sent(Instant at, String line) {
    return new EventId(centre.send("finance", at, line).join());
  }

  private int port() {
    return 1024 + dice.nextInt(60_000);
  }

  private static String log(Instant at, int priority, String host, String app, String text) {
    return "<%d>1 %s %s %s 4711 - - %s".formatted(priority, at, host, app, text);
  }
}
