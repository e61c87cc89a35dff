package mo.farol.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A night's work of one intruder, told in two minutes: passwords guessed at several agencies, one
 * of them taken, a root shell, a hidden administrator, a web shell elsewhere, a port scan.
 */
final class AttackStory {
  /**
   * One line of the story.
   *
   * @param after time since the story began
   * @param agency whose log shows it
   * @param line makes the text, given the time
   */
  record Scene(Duration after, SampleAgency agency, Line line) {}

  /** Writes a log line for a time. */
  interface Line {
    String at(Instant now);
  }

  private final List<SampleAgency> agencies;
  private final Dice dice;

  AttackStory(List<SampleAgency> agencies, Dice dice) {
    this.agencies = agencies;
    this.dice = dice;
  }

  /** The scenes in order of time; each telling has another intruder and other victims. */
  List<Scene> tell() {
    var scenes = new ArrayList<Scene>();
    String intruder = "198.51.100." + dice.between(2, 99);
    for (int i = 0; i < agencies.size(); i++) {
      guess(scenes, agencies.get(i), intruder, 2 + 7 * i);
    }
    takeOver(scenes, agencies.getFirst(), intruder, 16);
    webShell(scenes, agencies.get(1), intruder, 32);
    portScan(scenes, agencies.getLast(), intruder, 44);
    scenes.sort(Comparator.comparing(Scene::after));
    return scenes;
  }

  private void guess(List<Scene> scenes, SampleAgency agency, String intruder, int second) {
    var writer = new Everyday(agency, dice);
    String host = agency.hosts().get(1);
    for (int i = 0; i < 14; i++) {
      String user = i % 3 == 0 ? "invalid user admin" : agency.users().getLast();
      String text =
          "Failed password for %s from %s port %d ssh2"
              .formatted(user, intruder, dice.between(1024, 65_000));
      scenes.add(
          new Scene(
              Duration.ofMillis(second * 1000L + i * 800L),
              agency,
              now -> writer.modern(now, 38, host, "sshd", writer.pid(), text)));
    }
  }

  private void takeOver(List<Scene> scenes, SampleAgency agency, String intruder, int second) {
    var writer = new Everyday(agency, dice);
    String host = agency.hosts().get(1);
    String user = agency.users().getLast();
    String accepted =
        "Accepted password for %s from %s port %d ssh2".formatted(user, intruder, 40_022);
    String shell =
        "%s : TTY=pts/3 ; PWD=/home/%s ; USER=root ; COMMAND=/bin/bash".formatted(user, user);
    String hidden =
        "new user: name=sysupd, UID=0, GID=0, home=/var/lib/sysupd, shell=/bin/bash,"
            + " from=/dev/pts/3";
    scenes.add(
        scene(second, agency, now -> writer.modern(now, 38, host, "sshd", "4242", accepted)));
    scenes.add(scene(second + 4, agency, now -> writer.modern(now, 85, host, "sudo", "", shell)));
    scenes.add(
        scene(second + 9, agency, now -> writer.modern(now, 86, host, "useradd", "4311", hidden)));
  }

  private void webShell(List<Scene> scenes, SampleAgency agency, String intruder, int second) {
    var writer = new Everyday(agency, dice);
    String host = agency.hosts().getFirst();
    List<String> requests =
        List.of(
            "GET /search?q=1%27%20UNION%20SELECT%20password%20FROM%20users-- HTTP/1.1",
            "POST /uploads/img_7781.php HTTP/1.1",
            "GET /uploads/img_7781.php?cmd=whoami HTTP/1.1",
            "GET /uploads/img_7781.php?cmd=cat%20/etc/passwd HTTP/1.1");
    for (int i = 0; i < requests.size(); i++) {
      String request = requests.get(i);
      scenes.add(
          scene(
              second + i,
              agency,
              now -> writer.modern(now, 190, host, "apache2", "", web(now, intruder, request))));
    }
  }

  private static String web(Instant now, String from, String request) {
    var stamp =
        java.time.format.DateTimeFormatter.ofPattern(
                "dd/MMM/yyyy:HH:mm:ss Z", java.util.Locale.ENGLISH)
            .withZone(java.time.ZoneOffset.UTC)
            .format(now);
    return "%s - - [%s] \"%s\" 200 512 \"-\" \"python-requests/2.32\""
        .formatted(from, stamp, request);
  }

  private void portScan(List<Scene> scenes, SampleAgency agency, String intruder, int second) {
    var writer = new Everyday(agency, dice);
    for (int i = 0; i < 40; i++) {
      String text =
          "[UFW BLOCK] IN=eth0 OUT= SRC=%s DST=192.0.2.80 LEN=40 TTL=52 PROTO=TCP SPT=44123 DPT=%d WINDOW=1024 SYN"
              .formatted(intruder, 20 + i * 37);
      scenes.add(
          new Scene(
              Duration.ofMillis(second * 1000L + i * 150L),
              agency,
              now -> writer.modern(now, 4, "fw-01", "kernel", "", text)));
    }
  }

  private static Scene scene(int second, SampleAgency agency, Line line) {
    return new Scene(Duration.ofSeconds(second), agency, line);
  }
}
