package mo.farol.sample;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * The everyday lines of one agency: what a government network says when nothing is wrong. Not
 * thread-safe.
 */
final class Everyday {
  private static final DateTimeFormatter BSD =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLF =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final List<String> PAGES =
      List.of(
          "/",
          "/news",
          "/services",
          "/forms/m1.pdf",
          "/static/app.js",
          "/img/logo.png",
          "/login",
          "/appointments",
          "/contact",
          "/search?q=licence",
          "/api/v2/queue");
  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15",
          "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0");
  private static final List<String> JOBS =
      List.of("test -x /usr/sbin/anacron", "/usr/lib/php/sessionclean", "/opt/backup/run --hourly");

  // One line of so many is a mistyped password.
  private static final int TYPO_OF = 400;

  private final SampleAgency agency;
  private final Dice dice;
  private final int networks;

  Everyday(SampleAgency agency, Dice dice) {
    this(agency, dice, 1);
  }

  /**
   * @param networks of 240 machines each that its people sit at
   */
  Everyday(SampleAgency agency, Dice dice, int networks) {
    this.agency = agency;
    this.dice = dice;
    this.networks = networks;
  }

  /** One line, as written at this time. */
  String line(Instant now) {
    if (dice.below(TYPO_OF) == 0) {
      return typo(now);
    }
    return switch (dice.below(19)) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> web(now);
      case 8, 9, 10, 11 -> firewall(now);
      case 12, 13 -> key(now);
      case 14 -> session(now);
      case 15 -> cron(now);
      case 16 -> mail(now);
      case 17 -> sudo(now);
      default -> systemd(now);
    };
  }

  /** An RFC 5424 line from a host of the agency. */
  String modern(Instant now, int pri, String host, String app, String pid, String text) {
    return "<%d>1 %s %s.%s %s %s - - %s"
        .formatted(
            pri,
            now.truncatedTo(ChronoUnit.MILLIS),
            host,
            agency.domain(),
            app,
            pid.isEmpty() ? "-" : pid,
            text);
  }

  /** An RFC 3164 line from a host of the agency. */
  String classic(Instant now, int pri, String host, String app, String pid, String text) {
    String tag = pid.isEmpty() ? app : app + "[" + pid + "]";
    return "<%d>%s %s %s: %s".formatted(pri, BSD.format(now), host, tag, text);
  }

  String host() {
    return dice.skewed(agency.hosts());
  }

  String pid() {
    return Integer.toString(dice.between(400, 65_000));
  }

  private String web(Instant now) {
    int status = dice.below(12) == 0 ? 404 : dice.below(9) == 0 ? 304 : 200;
    String text =
        "%s - - [%s] \"GET %s HTTP/1.1\" %d %d \"-\" \"%s\""
            .formatted(
                outside(),
                CLF.format(now),
                dice.skewed(PAGES),
                status,
                dice.between(200, 90_000),
                dice.any(AGENTS));
    return modern(now, 190, agency.hosts().getFirst(), "apache2", "", text);
  }

  private String firewall(Instant now) {
    String text =
        "[UFW BLOCK] IN=eth0 OUT= SRC=%s DST=192.0.2.%d LEN=40 TTL=%d PROTO=TCP SPT=%d DPT=%d WINDOW=1024 SYN"
            .formatted(
                outside(),
                dice.between(2, 30),
                dice.between(40, 250),
                dice.between(1024, 65_000),
                dice.any(List.of(22, 23, 80, 443, 445, 3389, 8080)));
    return modern(now, 4, "fw-01", "kernel", "", text);
  }

  private String key(Instant now) {
    String text =
        "Accepted publickey for %s from %s port %d ssh2: ED25519 SHA256:%s"
            .formatted(
                dice.skewed(agency.users()),
                agency.inside(dice, networks),
                dice.between(1024, 65_000),
                "k" + dice.between(100_000_000, 999_999_999));
    return classic(now, 38, host(), "sshd", pid(), text);
  }

  private String session(Instant now) {
    String text =
        "pam_unix(sshd:session): session opened for user %s(uid=%d) by (uid=0)"
            .formatted(dice.skewed(agency.users()), dice.between(1000, 1020));
    return modern(now, 86, host(), "sshd", pid(), text);
  }

  private String cron(Instant now) {
    return classic(now, 78, host(), "CRON", pid(), "(root) CMD (" + dice.any(JOBS) + ")");
  }

  private String mail(Instant now) {
    String text =
        "connect from mx%d.provider.example[%s]".formatted(dice.between(1, 20), outside());
    return classic(now, 22, "mail-01", "postfix/smtpd", pid(), text);
  }

  private String sudo(Instant now) {
    String user = dice.skewed(agency.users());
    String text =
        "%s : TTY=pts/%d ; PWD=/home/%s ; USER=root ; COMMAND=/usr/bin/systemctl status nginx"
            .formatted(user, dice.below(5), user);
    return classic(now, 85, host(), "sudo", "", text);
  }

  private String systemd(Instant now) {
    return modern(now, 30, host(), "systemd", "1", "Finished Daily apt download activities.");
  }

  private String typo(Instant now) {
    String text =
        "Failed password for %s from %s port %d ssh2"
            .formatted(
                dice.any(agency.users()),
                agency.inside(dice, networks),
                dice.between(1024, 65_000));
    return classic(now, 38, host(), "sshd", pid(), text);
  }

  private String outside() {
    return dice.any(List.of("203.0.113.", "198.51.100.", "192.0.2.")) + dice.between(100, 250);
  }
}
