package mo.farol.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A working day of a government's syslog, for measuring search: web access 60 %, packet filters 20
 * %, sshd 12 %, process creation on Windows 4 %, sudo 4 %; 260 bytes a line on average. Hosts,
 * people and addresses follow Zipf's law; nearly every page is asked for once, from a million
 * different ones. People come from desks of their own and mistype a password once or twice a day;
 * who guesses comes from outside and never gets in; what Windows starts has the parent it always
 * has. The same for the same seed, start and count. Addresses from outside are of the ranges for
 * benchmarks, RFC 2544. Not thread-safe.
 */
public final class Traffic {
  /** From the first line to the last. */
  public static final Duration SPAN = Duration.ofHours(15);

  /** Different pages that are asked for once each before any is asked for again. */
  public static final int PAGES = 1_000_000;

  private static final int ADDRESSES = 60_000;
  private static final int PEOPLE = 8_000;
  private static final int WEB_HOSTS = 60;
  private static final int FILTERS = 38;
  private static final int SERVERS = 240;
  private static final int DESKS = 200;
  private static final int JITTER_MILLIS = 1000;

  private static final List<String> DOMAINS =
      List.of("finance", "health", "water", "ports", "transport", "identity", "justice");
  private static final List<String> FIRST =
      List.of(
          "ana", "rafael", "chan", "beatriz", "helena", "lei", "jose", "wong", "ines", "duarte",
          "lam", "ho", "maria", "pedro", "vong", "sofia", "ng", "carlos", "ieong", "rita");
  private static final List<String> LAST =
      List.of("silva", "kawai", "man", "santos", "tak", "sousa", "iok", "costa", "meng", "rosario");
  private static final List<String> FOLDERS =
      List.of("assets", "forms", "news", "services", "media", "docs", "static", "portal", "img");
  private static final List<String> NAMES =
      List.of("main", "chunk", "form", "notice", "page", "report", "theme", "widget");
  private static final List<String> ENDS =
      List.of(".js", ".css", ".png", ".html", ".pdf", ".svg", ".json", "", ".js", ".woff2");
  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15",
          "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0");
  private static final String SYSTEM = "C:\\\\Windows\\\\System32\\\\";
  private static final String OFFICE = "C:\\\\Program Files\\\\Microsoft Office\\\\Office16\\\\";
  private static final String CHROME = "C:\\\\Program Files\\\\Google\\\\Chrome\\\\chrome.exe";
  private static final String SERVICES = SYSTEM + "services.exe";
  private static final String SVCHOST = SYSTEM + "svchost.exe";
  private static final String EXPLORER = "C:\\\\Windows\\\\explorer.exe";
  private static final List<Program> PROGRAMS =
      List.of(
          new Program(CHROME, " --type=renderer --lang=pt --mojo-channel=%s", CHROME),
          new Program(SYSTEM + "svchost.exe", " -k netsvcs -p -s Schedule", SERVICES),
          new Program(OFFICE + "WINWORD.EXE", " /n C:\\\\Documents\\\\oficio-%s.docx", EXPLORER),
          new Program(OFFICE + "OUTLOOK.EXE", " -Embedding", EXPLORER),
          new Program(SYSTEM + "backgroundTaskHost.exe", " -ServerName:App.%s", SVCHOST),
          new Program(SYSTEM + "RuntimeBroker.exe", " -Embedding", SVCHOST));
  private static final List<String> COMMANDS =
      List.of(
          "/usr/bin/systemctl restart nginx",
          "/usr/bin/apt-get -y upgrade",
          "/bin/cat /var/log/auth.log",
          "/usr/bin/tar czf /backup/etc.tgz /etc");
  private static final int[] PORTS = {22, 23, 80, 443, 445, 3389, 8080, 5900, 1433, 53};

  /** What Windows starts on a desk, as JSON text. */
  private record Program(String image, String arguments, String parent) {}

  private final SplittableRandom random;
  private final Zipf addresses = new Zipf(ADDRESSES);
  private final Zipf people = new Zipf(PEOPLE);
  private final Zipf webHosts = new Zipf(WEB_HOSTS);
  private final Zipf filters = new Zipf(FILTERS);
  private final Zipf servers = new Zipf(SERVERS);
  private final Zipf desks = new Zipf(DESKS);
  private final Zipf popular = new Zipf(3_000);
  private final String isoDay;
  private final String logDay;
  private final String bsdDay;
  private final long count;
  private long made;
  private int pages;
  private int millis;

  /**
   * @param day at its midnight, in UTC, the lines begin
   * @param count lines that cover the span
   * @param seed names the corpus
   */
  public Traffic(Instant day, long count, long seed) {
    var midnight = ZonedDateTime.ofInstant(day, ZoneOffset.UTC);
    isoDay = DateTimeFormatter.ISO_LOCAL_DATE.format(midnight);
    logDay = DateTimeFormatter.ofPattern("dd/MMM/yyyy", Locale.ENGLISH).format(midnight);
    bsdDay = DateTimeFormatter.ofPattern("MMM ppd", Locale.ENGLISH).format(midnight);
    this.count = count;
    random = new SplittableRandom(seed);
  }

  /** The address of a rank, 0 the busiest. */
  public static String address(int rank) {
    int spread = rank * 7919 % ADDRESSES;
    return "198." + (18 + spread / 32_768) + "." + spread / 256 % 128 + "." + spread % 256;
  }

  /** A page's address; those of different numbers below {@link #PAGES} differ. */
  public static String page(int number) {
    String folder = FOLDERS.get(number % FOLDERS.size());
    String name = NAMES.get(number % NAMES.size());
    return "/" + folder + "/" + name + "-" + digits(number) + ENDS.get(number % ENDS.size());
  }

  /** The eight hexadecimal digits in a page's address, spread so that neighbours look unlike. */
  public static String digits(int number) {
    int mixed = number * 0x9E3779B1;
    mixed = (mixed ^ (mixed >>> 15)) * 0x85EBCA6B;
    return HexFormat.of().toHexDigits(mixed ^ (mixed >>> 13));
  }

  /** Appends the next line without its end. */
  public void next(StringBuilder to) {
    long lasting = SPAN.toMillis() - JITTER_MILLIS;
    millis = (int) (made++ * lasting / count) + random.nextInt(JITTER_MILLIS);
    int kind = random.nextInt(100);
    if (kind < 60) {
      web(to);
    } else if (kind < 80) {
      filter(to);
    } else if (kind < 92) {
      ssh(to);
    } else if (kind < 96) {
      process(to);
    } else {
      sudo(to);
    }
  }

  /**
   * Appends, instead of a line of the day, one by which it can be known again, as late as the last:
   * somebody of this name runs {@code farol-probe} with sudo, on a host called like them.
   */
  public void mark(StringBuilder to, String name) {
    modern(to, 85, name + ".probe.example", "sudo");
    to.append(name).append(" : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/farol-probe");
  }

  private void web(StringBuilder to) {
    modern(to, 190, "web", webHosts, "nginx");
    int status = random.nextInt(12) == 0 ? 404 : random.nextInt(9) == 0 ? 304 : 200;
    boolean known = random.nextInt(10) == 0;
    to.append(address(addresses.draw(random))).append(" - ").append(known ? person() : "-");
    to.append(" [").append(logDay).append(':');
    clock(to);
    to.append(" +0000] \"GET ").append(page()).append(" HTTP/1.1\" ").append(status).append(' ');
    to.append(random.nextInt(200, 90_000)).append(" \"https://www.");
    to.append(any(DOMAINS)).append(".example/\" \"").append(any(AGENTS)).append('"');
  }

  // Six of seven are pages nobody asked for before, until all were.
  private String page() {
    boolean isNew = random.nextInt(7) > 0;
    return page(isNew ? pages++ % PAGES : popular.draw(random) * 331 % PAGES);
  }

  private void filter(StringBuilder to) {
    modern(to, 4, "fw", filters, "kernel");
    to.append("[UFW BLOCK] IN=eth0 OUT= MAC=52:54:00:1f:7a:01:52:54:00:9e:11:c3:08:00 SRC=");
    to.append(address(addresses.draw(random))).append(" DST=10.20.");
    to.append(random.nextInt(16)).append('.').append(random.nextInt(2, 250)).append(" LEN=");
    to.append(random.nextInt(40, 1500)).append(" TOS=0x00 PREC=0x00 TTL=");
    to.append(random.nextInt(40, 250)).append(" ID=").append(random.nextInt(65_536));
    to.append(" PROTO=TCP SPT=").append(port()).append(" DPT=");
    to.append(PORTS[random.nextInt(PORTS.length)]).append(" WINDOW=1024 RES=0x00 SYN URGP=0");
  }

  private void ssh(StringBuilder to) {
    to.append("<38>").append(bsdDay).append(' ');
    clock(to);
    to.append(" srv-").append(servers.draw(random)).append(" sshd[").append(pid()).append("]: ");
    int kind = random.nextInt(10);
    if (kind == 0) {
      int rank = random.nextInt(PEOPLE);
      to.append("Failed password for ").append(name(rank));
      from(to, desk(rank));
    } else if (kind < 3) {
      to.append("Failed password for ").append(kind == 1 ? "invalid user " : "").append(person());
      from(to, address(addresses.draw(random)));
    } else if (kind < 7) {
      int rank = people.draw(random);
      to.append("Accepted publickey for ").append(name(rank));
      from(to, desk(rank));
      to.append(": ED25519 SHA256:").append(Long.toString(random.nextLong() >>> 1, 36));
    } else {
      to.append("Connection closed by authenticating user ").append(person()).append(' ');
      to.append(address(addresses.draw(random))).append(" port ").append(port());
      to.append(" [preauth]");
    }
  }

  private void from(StringBuilder to, String address) {
    to.append(" from ").append(address).append(" port ").append(port()).append(" ssh2");
  }

  // The address of somebody's desk.
  private static String desk(int rank) {
    return "10.40." + rank / 250 + "." + (2 + rank % 250);
  }

  private void process(StringBuilder to) {
    var program = any(PROGRAMS);
    String domain = any(DOMAINS).toUpperCase(Locale.ROOT);
    modern(to, 14, "pc", desks, "Microsoft-Windows-Sysmon");
    to.append("{\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"EventID\":1,\"Level\":4");
    to.append(",\"ProcessId\":").append(pid()).append(",\"Image\":\"").append(program.image());
    to.append("\",\"CommandLine\":\"").append(program.image());
    to.append(program.arguments().replace("%s", digits(random.nextInt())));
    to.append("\",\"User\":\"").append(domain).append("\\\\").append(person());
    to.append("\",\"IntegrityLevel\":\"Medium\",\"ParentProcessId\":").append(pid());
    to.append(",\"ParentImage\":\"").append(program.parent()).append("\"}");
  }

  private void sudo(StringBuilder to) {
    modern(to, 85, "srv", servers, "sudo");
    String who = person();
    to.append(who).append(" : TTY=pts/").append(random.nextInt(20)).append(" ; PWD=/home/");
    to.append(who).append(" ; USER=root ; COMMAND=").append(any(COMMANDS));
  }

  private void modern(StringBuilder to, int priority, String role, Zipf hosts, String program) {
    int host = hosts.draw(random);
    String domain = DOMAINS.get(host % DOMAINS.size());
    modern(to, priority, role + "-" + host + "." + domain + ".example", program);
  }

  /** The head of an RFC 5424 line. */
  private void modern(StringBuilder to, int priority, String host, String program) {
    to.append('<').append(priority).append(">1 ").append(isoDay).append('T');
    clock(to);
    to.append('.');
    two(to, millis % 1000 / 10);
    to.append(millis % 10).append("Z ").append(host).append(' ').append(program).append(' ');
    to.append(pid()).append(" - - ");
  }

  private void clock(StringBuilder to) {
    int seconds = millis / 1000;
    two(to, seconds / 3600);
    to.append(':');
    two(to, seconds / 60 % 60);
    to.append(':');
    two(to, seconds % 60);
  }

  private static void two(StringBuilder to, int number) {
    to.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private String person() {
    return name(people.draw(random));
  }

  private static String name(int rank) {
    String name = FIRST.get(rank % FIRST.size()) + "." + LAST.get(rank / 20 % LAST.size());
    return rank < 200 ? name : name + rank / 200;
  }

  private int pid() {
    return random.nextInt(400, 65_000);
  }

  private int port() {
    return random.nextInt(1024, 65_536);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
