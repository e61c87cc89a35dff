package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import mo.farol.sigma.Level;

/**
 * The risk of hosts, users and addresses: each alert about one adds points by its level, by how
 * much hangs on it and by how often its rule was right; points fade by half in a day. A view of the
 * alerts, made anew at a start. Any thread may ask.
 */
public final class RiskBook {
  /** In which time points fade by half. */
  public static final Duration HALF_LIFE = Duration.ofHours(24);

  /** How far back alerts still weigh: five half lives, three hundredths. */
  public static final Duration MEMORY = HALF_LIFE.multipliedBy(5);

  private static final Set<String> FIELDS = Set.of("host.name", "user.name", "source.ip");
  private static final int ENTITIES = 10_000;
  private static final int ALERTS = 30;
  private static final int TOLD = 8;
  private static final double WORTH = 50;

  /**
   * Risk of one entity.
   *
   * @param score points at the time asked for
   * @param rules different rules that gave some
   * @param alerts ids of the alerts that gave them, the weightiest first
   * @param lastAt time of the newest
   */
  public record Risk(
      String agency,
      Alert.Entity entity,
      double score,
      int rules,
      List<String> alerts,
      Instant lastAt) {
    /** Points that are left after a while in which no alert comes. */
    public double after(Duration time) {
      return score * left(time.toMillis());
    }
  }

  private record Share(Alert alert, double points) {
    double at(long now) {
      return faded(now, alert.lastAt());
    }

    // As it was when it was raised, which is the same however events come in blocks.
    double raised(long now) {
      return faded(now, alert.firstAt());
    }

    private double faded(long now, Instant since) {
      long age = Math.max(0, now - since.toEpochMilli());
      return points * left(age);
    }
  }

  private static double left(long millis) {
    return Math.pow(0.5, (double) millis / HALF_LIFE.toMillis());
  }

  private static final class Account {
    private final Map<String, Share> shares = new LinkedHashMap<>();
    private long toldAt = Long.MIN_VALUE / 2;
  }

  private final Map<String, Map<Alert.Entity, Account>> agencies = new HashMap<>();

  /**
   * Counts an alert, new or grown.
   *
   * @param criticality of what it is about, 0 where unknown
   * @param precision of its rule, 0 to 1
   * @return where it is new, entities whose risk is worth a look and was not told for a day
   */
  synchronized List<RiskFact> add(Alert alert, int criticality, double precision) {
    var risen = new ArrayList<RiskFact>();
    double points = points(alert.severity(), criticality, precision);
    for (var entity : alert.entities()) {
      if (FIELDS.contains(entity.field())) {
        var account = accounts(alert.agency()).computeIfAbsent(entity, _ -> new Account());
        boolean fresh = !account.shares.containsKey(alert.id());
        keep(account, new Share(alert, points));
        if (fresh) {
          fact(alert, entity, account).ifPresent(risen::add);
        }
      }
    }
    return risen;
  }

  /** Remembers that the risk of what this alert is about was told. */
  synchronized void told(Alert alert) {
    for (var entity : alert.entities()) {
      var account = accounts(alert.agency()).computeIfAbsent(entity, _ -> new Account());
      account.toldAt = Math.max(account.toldAt, alert.lastAt().toEpochMilli());
    }
  }

  /** The riskiest entities at a time, of agencies that may be seen. */
  public synchronized List<Risk> top(Predicate<String> agency, Instant now, int limit) {
    return agencies.entrySet().stream()
        .filter(of -> agency.test(of.getKey()))
        .flatMap(
            of ->
                of.getValue().entrySet().stream()
                    .map(e -> risk(of.getKey(), e.getKey(), e.getValue(), now)))
        .filter(risk -> risk.score() >= 1)
        .sorted(
            Comparator.comparingDouble(Risk::score)
                .reversed()
                .thenComparing(Risk::agency)
                .thenComparing(risk -> risk.entity().value()))
        .limit(limit)
        .toList();
  }

  /** Risk of one entity; empty where nothing is known of it. */
  public synchronized Optional<Risk> of(String agency, Alert.Entity entity, Instant now) {
    return Optional.ofNullable(agencies.getOrDefault(agency, Map.of()).get(entity))
        .map(account -> risk(agency, entity, account, now));
  }

  /** Points an alert gives while it is fresh. */
  static double points(Level level, int criticality, double precision) {
    double base =
        switch (level) {
          case INFORMATIONAL -> 1;
          case LOW -> 5;
          case MEDIUM -> 20;
          case HIGH -> 45;
          case CRITICAL -> 80;
        };
    double weight =
        switch (criticality) {
          case 1 -> 0.6;
          case 2 -> 0.8;
          case 4 -> 1.5;
          case 5 -> 2;
          default -> 1;
        };
    return base * weight * (0.5 + Math.clamp(precision, 0, 1));
  }

  private Map<Alert.Entity, Account> accounts(String agency) {
    return agencies.computeIfAbsent(
        agency,
        _ ->
            new LinkedHashMap<>(16, 0.75f, true) {
              @Override
              protected boolean removeEldestEntry(Map.Entry<Alert.Entity, Account> eldest) {
                return size() > ENTITIES;
              }
            });
  }

  private static void keep(Account account, Share share) {
    account.shares.put(share.alert().id(), share);
    if (account.shares.size() > ALERTS) {
      long now = share.alert().lastAt().toEpochMilli();
      account.shares.values().stream()
          .min(Comparator.comparingDouble(s -> s.at(now)))
          .ifPresent(least -> account.shares.remove(least.alert().id()));
    }
  }

  private static Optional<RiskFact> fact(Alert alert, Alert.Entity entity, Account account) {
    long now = alert.lastAt().toEpochMilli();
    double score = account.shares.values().stream().mapToDouble(s -> s.raised(now)).sum();
    if (score < WORTH || alert.events().isEmpty() || now - account.toldAt < HALF_LIFE.toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        new RiskFact(
            now,
            alert.agency(),
            entity,
            (int) Math.round(score),
            rules(account),
            account.shares.values().stream()
                .sorted(
                    Comparator.<Share>comparingDouble(s -> s.raised(now))
                        .reversed()
                        .thenComparing(s -> s.alert().id()))
                .limit(TOLD)
                .map(Share::alert)
                .sorted(Comparator.comparing(Alert::firstAt).thenComparing(Alert::id))
                .toList(),
            alert.events().getLast()));
  }

  private static Risk risk(String agency, Alert.Entity entity, Account account, Instant now) {
    long at = now.toEpochMilli();
    return new Risk(
        agency,
        entity,
        score(account, at),
        rules(account),
        account.shares.values().stream()
            .sorted(Comparator.<Share>comparingDouble(s -> s.at(at)).reversed())
            .map(s -> s.alert().id())
            .toList(),
        account.shares.values().stream()
            .map(s -> s.alert().lastAt())
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH));
  }

  private static double score(Account account, long now) {
    return account.shares.values().stream().mapToDouble(s -> s.at(now)).sum();
  }

  private static int rules(Account account) {
    return (int)
        account.shares.values().stream().map(s -> s.alert().rule().id()).distinct().count();
  }
}
