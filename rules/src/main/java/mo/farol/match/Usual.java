package mo.farol.match;

import java.util.List;

/** What values of every day are full of: to find it says little. Folded. */
final class Usual {
  static final List<String> TEXTS =
      List.of(
          "c:\\windows\\system32\\",
          "c:\\windows\\syswow64\\",
          "c:\\program files (x86)\\common files\\microsoft shared\\",
          "c:\\program files\\",
          "c:\\programdata\\microsoft\\windows defender\\platform\\",
          "c:\\users\\public\\",
          "c:\\users\\administrator\\appdata\\local\\temp\\",
          "\\appdata\\roaming\\microsoft\\",
          "\\appdata\\local\\microsoft\\",
          "\\google\\chrome\\application\\chrome.exe",
          "\\microsoft\\edge\\application\\msedge.exe",
          "\\windowspowershell\\v1.0\\powershell.exe\" -command ",
          "\\cmd.exe /c \"",
          "\\system32\\svchost.exe -k netsvcs -p -s ",
          "\\windows\\explorer.exe",
          "\\system32\\rundll32.exe ",
          "\\system32\\services.exe",
          "\\system32\\conhost.exe 0xffffffff -forcev1",
          "\\system32\\schtasks.exe",
          "\\software\\microsoft\\windows\\currentversion\\",
          ".dll, ",
          "https://www.",
          "http://",
          "mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko)",
          ".html",
          ".php",
          " /c ");

  private Usual() {}

  /** Whether a literal is part of such a text. */
  static boolean isPartOf(String literal) {
    return TEXTS.stream().anyMatch(text -> text.contains(literal));
  }
}
