package mo.farol.sample;

import java.util.List;

/**
 * One made-up agency of the demonstration.
 *
 * @param id agency id
 * @param name for people
 * @param domain of its hosts
 * @param network first two octets of its inside addresses
 * @param hosts short names, web servers first
 * @param users account names
 * @param way how its logs travel
 */
public record SampleAgency(
    String id,
    String name,
    String domain,
    String network,
    List<String> hosts,
    List<String> users,
    Way way) {

  /** How an agency's logs travel to the centre. */
  public enum Way {
    TCP,
    UDP,
    HTTP
  }

  /** The agencies of the demonstration. */
  public static List<SampleAgency> all() {
    return List.of(
        new SampleAgency(
            "finance",
            "Finance Services Bureau",
            "finance.example",
            "10.20",
            List.of("web-01", "web-02", "db-01", "mail-01", "jump-01"),
            List.of("ana", "rafael", "chan.ka.wai", "beatriz", "svc-backup"),
            Way.TCP),
        new SampleAgency(
            "health",
            "Health Bureau",
            "health.example",
            "10.30",
            List.of("portal-01", "lab-02", "pacs-01", "mail-02"),
            List.of("helena", "lei.man", "jose", "svc-lab"),
            Way.TCP),
        new SampleAgency(
            "water",
            "Water Supply",
            "water.example",
            "10.40",
            List.of("www-01", "scada-gw", "hist-01"),
            List.of("wong.tak", "ines", "svc-hist"),
            Way.UDP),
        new SampleAgency(
            "ports",
            "Port Authority",
            "ports.example",
            "10.50",
            List.of("www-02", "vts-01", "customs-01"),
            List.of("duarte", "lam.si", "svc-ais"),
            Way.HTTP));
  }

  /** An inside address in one of so many networks. */
  String inside(Dice dice, int networks) {
    return network + "." + dice.between(1, networks) + "." + dice.between(10, 250);
  }
}
