package mo.farol.parse;

import mo.farol.event.Fields;
import org.jspecify.annotations.Nullable;

/** What a Windows event means: dataset by channel, category, action and outcome by event id. */
final class WindowsEvent {
  private static final int CHANNEL = Fields.id("Channel");
  private static final int EVENT_ID = Fields.id("EventID");
  private static final int LEVEL = Fields.id("Level");
  private static final int TARGET_USER = Fields.id("TargetUserName");
  private static final int SUBJECT_USER = Fields.id("SubjectUserName");

  private static final byte[][][] DATASETS = {
    pair("Security", "windows.security"),
    pair("Microsoft-Windows-Sysmon/Operational", "windows.sysmon"),
    pair("System", "windows.system"),
    pair("Application", "windows.application"),
    pair("Microsoft-Windows-PowerShell/Operational", "windows.powershell"),
    pair("Windows PowerShell", "windows.powershell-classic"),
    pair("Microsoft-Windows-Windows Defender/Operational", "windows.defender"),
    pair("Microsoft-Windows-TaskScheduler/Operational", "windows.taskscheduler"),
  };
  private static final byte[] WINDOWS = Ascii.bytes("windows");

  /** Event id of the Security channel: category, action, outcome, and whose name is the user's. */
  private static final String SECURITY =
      """
      1102 configuration  audit-log-cleared   success subject
      4624 authentication logged-in           success target
      4625 authentication logon-failed        failure target
      4634 session        logged-out          success target
      4647 session        logged-out          success target
      4648 authentication logged-in-explicit  success subject
      4672 iam            special-privileges  success subject
      4688 process        process-created     success subject
      4697 configuration  service-installed   success subject
      4698 configuration  task-created        success subject
      4720 iam            user-created        success subject
      4722 iam            user-enabled        success subject
      4724 iam            password-reset      success subject
      4725 iam            user-disabled       success subject
      4726 iam            user-deleted        success subject
      4728 iam            user-added-to-group   success subject
      4732 iam            user-added-to-group   success subject
      4756 iam            user-added-to-group   success subject
      4738 iam            user-changed        success subject
      4740 iam            user-locked-out     success target
      4768 authentication kerberos-ticket     -       target
      4769 authentication kerberos-service    -       target
      4771 authentication kerberos-failed     failure target
      4776 authentication credential-checked  -       target
      """;

  private static final String SYSMON =
      """
      1    process        process-created     success -
      3    network        network-connection  success -
      7    process        image-loaded        success -
      8    process        remote-thread       success -
      10   process        process-accessed    success -
      11   file           file-created        success -
      12   registry       registry-changed    success -
      13   registry       registry-value-set  success -
      22   network        dns-query           success -
      23   file           file-deleted        success -
      """;

  private record Meaning(Kind kind, int user) {}

  private static final int CODES = 8192;
  private static final @Nullable Meaning[] SECURITY_MEANINGS = meanings(SECURITY);
  private static final @Nullable Meaning[] SYSMON_MEANINGS = meanings(SYSMON);
  private static final @Nullable Meaning[] NO_MEANINGS = new @Nullable Meaning[0];

  /** Whether the open event says that it comes from a Windows channel. */
  boolean isOne(EventDraft draft) {
    return draft.into().findOpen(CHANNEL) >= 0;
  }

  /** Adds dataset and meaning to the open event. */
  void add(EventDraft draft) {
    var into = draft.into();
    int dataset = dataset(draft, into.findOpen(CHANNEL));
    if (into.findOpen(Fields.EVENT_DATASET) < 0) {
      draft.word(Fields.EVENT_DATASET, dataset < 0 ? WINDOWS : DATASETS[dataset][1]);
    }
    var meanings =
        switch (dataset) {
          case 0 -> SECURITY_MEANINGS;
          case 1 -> SYSMON_MEANINGS;
          default -> NO_MEANINGS;
        };
    int code = number(draft, EVENT_ID);
    var meaning = code >= 0 && code < meanings.length ? meanings[code] : null;
    if (meaning != null) {
      meaning.kind().addMissing(draft);
    }
    user(draft, meaning == null || meaning.user() < 0 ? SUBJECT_USER : meaning.user());
    draft.gradeWithoutPriority(severity(number(draft, LEVEL)));
  }

  /**
   * Severity of a level of the Windows event log: 1 critical, 2 error, 3 warning, 4 information.
   */
  private static int severity(int level) {
    return level >= 1 && level <= 3 ? level + 1 : -1;
  }

  private static void user(EventDraft draft, int field) {
    var into = draft.into();
    int target = into.findOpen(TARGET_USER);
    if (into.findOpen(Fields.USER_NAME) < 0) {
      int k = into.findOpen(field);
      k = k < 0 ? target : k;
      if (k >= 0 && into.length(k) > 1) {
        into.addPart(Fields.USER_NAME, k, 0, into.length(k));
      }
    }
    if (field == SUBJECT_USER && target >= 0 && into.length(target) > 1) {
      into.addPart(Names.USER_TARGET, target, 0, into.length(target));
    }
  }

  private static int dataset(EventDraft draft, int channel) {
    var into = draft.into();
    int from = into.start(channel);
    for (int i = 0; i < DATASETS.length; i++) {
      if (Ascii.is(into.bytes(channel), from, from + into.length(channel), DATASETS[i][0])) {
        return i;
      }
    }
    return -1;
  }

  private static int number(EventDraft draft, int field) {
    var into = draft.into();
    int k = into.findOpen(field);
    return k < 0 ? -1 : Ascii.number(into.bytes(k), into.start(k), into.start(k) + into.length(k));
  }

  private static @Nullable Meaning[] meanings(String table) {
    var meanings = new @Nullable Meaning[CODES];
    for (String line : table.lines().toList()) {
      String[] words = line.trim().split(" +", -1);
      var kind = Kind.of("", words[1], words[2]);
      var told =
          switch (words[3]) {
            case "success" -> kind.succeeded();
            case "failure" -> kind.failed();
            default -> kind;
          };
      meanings[Integer.parseInt(words[0])] = new Meaning(told, user(words[4]));
    }
    return meanings;
  }

  private static int user(String whose) {
    return switch (whose) {
      case "target" -> TARGET_USER;
      case "subject" -> SUBJECT_USER;
      default -> -1;
    };
  }

  private static byte[][] pair(String channel, String dataset) {
    return new byte[][] {Ascii.bytes(channel), Ascii.bytes(dataset)};
  }
}
