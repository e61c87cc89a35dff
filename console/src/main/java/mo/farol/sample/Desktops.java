package mo.farol.sample;

import java.time.Instant;
import java.util.List;

/**
 * What Sysmon and Windows tell of a government's desktops on a working day, as flat JSON, for
 * measuring detection: process creation, images loaded, registry values set, files written,
 * connections, names asked for, log-ons. The same for the same seed. Not thread-safe.
 */
public final class Desktops {
  private static final List<String> PROGRAMS =
      List.of(
          "C:\\\\Windows\\\\System32\\\\svchost.exe",
          "C:\\\\Windows\\\\System32\\\\conhost.exe",
          "C:\\\\Program Files\\\\Google\\\\Chrome\\\\Application\\\\chrome.exe",
          "C:\\\\Program Files (x86)\\\\Microsoft\\\\Edge\\\\Application\\\\msedge.exe",
          "C:\\\\Windows\\\\System32\\\\backgroundTaskHost.exe",
          "C:\\\\Windows\\\\System32\\\\RuntimeBroker.exe",
          "C:\\\\Windows\\\\System32\\\\taskhostw.exe",
          "C:\\\\Windows\\\\System32\\\\cmd.exe",
          "C:\\\\Windows\\\\System32\\\\WindowsPowerShell\\\\v1.0\\\\powershell.exe",
          "C:\\\\Program Files\\\\Microsoft Office\\\\root\\\\Office16\\\\WINWORD.EXE",
          "C:\\\\Program Files\\\\Microsoft Office\\\\root\\\\Office16\\\\OUTLOOK.EXE",
          "C:\\\\Windows\\\\System32\\\\rundll32.exe",
          "C:\\\\Windows\\\\System32\\\\reg.exe",
          "C:\\\\Windows\\\\System32\\\\net.exe",
          "C:\\\\Windows\\\\System32\\\\schtasks.exe",
          "C:\\\\Windows\\\\System32\\\\wbem\\\\WMIC.exe");
  private static final List<String> PARENTS =
      List.of(
          "C:\\\\Windows\\\\System32\\\\services.exe",
          "C:\\\\Windows\\\\explorer.exe",
          "C:\\\\Windows\\\\System32\\\\svchost.exe",
          "C:\\\\Windows\\\\System32\\\\cmd.exe",
          "C:\\\\Program Files\\\\Google\\\\Chrome\\\\Application\\\\chrome.exe");
  private static final List<String> ARGUMENTS =
      List.of(
          "-k netsvcs -p -s Schedule",
          "0xffffffff -ForceV1",
          "--type=renderer --lang=pt --device-scale-factor=1 --num-raster-threads=2",
          "-ServerName:App.AppXemn3t5segp7q92mwd35v2a5rk5mvwyz",
          "/c echo %%USERNAME%% >> C:\\\\Temp\\\\login-%d.txt",
          "-NoProfile -File C:\\\\Scripts\\\\inventory-%d.ps1",
          "query HKLM\\\\Software\\\\Agency\\\\Version%d /v Build",
          "use Z: \\\\\\\\files%d\\\\shared /persistent:no",
          "/query /tn Agency\\\\Backup%d",
          "/n C:\\\\Users\\\\Public\\\\Documents\\\\oficio-%d.docx",
          "shell32.dll,Control_RunDLL desk%d.cpl");
  private static final List<String> LIBRARIES =
      List.of("ntdll", "kernel32", "msvcrt", "combase", "rpcrt4", "shell32", "mscoreei", "amsi");
  private static final List<String> PEOPLE =
      List.of("ana.lei", "rafael.wong", "beatriz.chan", "helena.ho", "jose.vong", "SYSTEM");
  private static final List<String> SITES =
      List.of("intranet.gov.example", "mail.gov.example", "update.example", "cdn.example");

  private final Dice dice;
  private final Instant day;
  private long count;

  /**
   * @param day when it begins
   */
  public Desktops(Instant day, long seed) {
    this.day = day;
    dice = new Dice(seed);
  }

  /** The next event, of any kind; process creation is one in five. */
  public String next() {
    return switch (dice.below(20)) {
      case 0, 1, 2, 3 -> process();
      case 4, 5, 6, 7, 8 ->
          sysmon(7, "\"ImageLoaded\":\"C:\\\\Windows\\\\System32\\\\" + library());
      case 9, 10, 11 -> sysmon(13, registry());
      case 12, 13, 14 -> sysmon(11, "\"TargetFilename\":\"" + file() + "\"");
      case 15, 16 -> sysmon(3, connection());
      case 17, 18 ->
          sysmon(22, "\"QueryName\":\"" + dice.skewed(SITES) + "\",\"QueryStatus\":\"0\"");
      default -> logOn();
    };
  }

  /** The next event, of a process that began. */
  public String process() {
    String program = dice.skewed(PROGRAMS);
    String name = program.substring(program.lastIndexOf('\\') + 1);
    String arguments = dice.any(ARGUMENTS).formatted(numbered());
    String parent = dice.skewed(PARENTS);
    return sysmon(
        1,
        "\"CommandLine\":\"\\\"%s\\\" %s\",\"CurrentDirectory\":\"C:\\\\Windows\\\\system32\\\\\","
                .formatted(program, arguments)
            + "\"OriginalFileName\":\"%s\",\"IntegrityLevel\":\"Medium\",".formatted(name)
            + "\"Hashes\":\"SHA256=%s%s\",".formatted(hex(), hex())
            + "\"Product\":\"Microsoft® Windows® Operating System\",\"Company\":\"Microsoft"
            + " Corporation\",\"ParentImage\":\"%s\",\"ParentCommandLine\":\"%s\""
                .formatted(parent, parent),
        program);
  }

  private Object[] numbered() {
    int number = dice.below(10_000);
    return new Object[] {number, number, number};
  }

  private String sysmon(int id, String rest) {
    return sysmon(id, rest, dice.skewed(PROGRAMS));
  }

  private String sysmon(int id, String rest, String image) {
    return ("{\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Provider_Name\":"
            + "\"Microsoft-Windows-Sysmon\",\"EventID\":%d,\"TimeCreated\":\"%s\",\"Computer\":"
            + "\"desk-%03d.gov.example\",\"ProcessId\":%d,\"ProcessGuid\":\"{%s}\",\"User\":"
            + "\"GOV\\\\%s\",\"Image\":\"%s\",%s}")
        .formatted(
            id,
            day.plusMillis(40 * count++),
            dice.below(400),
            dice.below(30_000),
            hex(),
            dice.skewed(PEOPLE),
            image,
            rest);
  }

  private String library() {
    return json("%s.dll','Signed':'true','Signature':'Microsoft Windows','SignatureStatus':'Valid'")
        .formatted(dice.any(LIBRARIES));
  }

  private String registry() {
    String key = "HKU\\\\S-1-5-21-%d\\\\Software\\\\Microsoft\\\\Windows\\\\CurrentVersion";
    return json("'EventType':'SetValue','TargetObject':'" + key).formatted(dice.below(1 << 30))
        + json("\\\\Explorer\\\\RecentDocs\\\\%d','Details':'DWORD (0x%08x)'")
            .formatted(dice.below(500), dice.below(1 << 30));
  }

  private String file() {
    return "C:\\\\Users\\\\%s\\\\AppData\\\\Local\\\\Temp\\\\~DF%s.tmp"
        .formatted(dice.skewed(PEOPLE), hex());
  }

  private String connection() {
    String from = json("'Protocol':'tcp','Initiated':'true','SourceIp':'198.18.%d.%d',");
    String to = json("'SourcePort':%d,'DestinationIp':'198.19.%d.%d','DestinationPort':443,");
    return from.formatted(dice.below(256), dice.below(256))
        + to.formatted(dice.between(49_152, 65_535), dice.below(256), dice.below(256))
        + json("'DestinationHostname':'%s'").formatted(dice.skewed(SITES));
  }

  private String logOn() {
    String head =
        json(
            "{'Channel':'Security','Provider_Name':'Microsoft-Windows-Security-Auditing',"
                + "'EventID':4624,'TimeCreated':'%s','Computer':'desk-%03d.gov.example',");
    String rest =
        json(
            "'LogonType':%d,'TargetUserName':'%s','IpAddress':'198.18.%d.%d',"
                + "'LogonProcessName':'Kerberos','AuthenticationPackageName':'Kerberos'}");
    return head.formatted(day.plusMillis(40 * count++), dice.below(400))
        + rest.formatted(
            dice.below(2) == 0 ? 3 : 2, dice.skewed(PEOPLE), dice.below(256), dice.below(256));
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  private String hex() {
    return "%08x%08x%08x%08x"
        .formatted(
            dice.below(1 << 30), dice.below(1 << 30), dice.below(1 << 30), dice.below(1 << 30));
  }
}
