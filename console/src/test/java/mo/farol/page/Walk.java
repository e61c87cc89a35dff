package mo.farol.page;

import com.microsoft.playwright.Page;

/** Ways through the console that several tests walk in a browser. */
final class Walk {
  private Walk() {}

  /** Signs in by the form, as a person does; ends on the board. */
  static void signIn(Page page, SmallCentre centre, String name) {
    page.navigate(centre.address("/sign-in").toString());
    page.locator("input[name='name']").fill(name);
    page.locator("input[name='password']").fill(SmallCentre.PASSWORD);
    page.locator("section.signin button.main").click();
    page.waitForURL(centre.address("/").toString());
  }
}
