package io.tapeline.bridge.door.http;

/**
 * What a person sees who could not be let in, and what to do about it. Plain HTML: no script, no
 * style.
 */
final class SignInPages {
  static final String USED =
      page(
          "This sign-in link no longer works",
          "A link works once. This one was used already, or it never was one of ours.",
          "If you are signed in on this browser, just <a href=\"/\">open the desk</a>. Otherwise get"
              + " a new link: <code>./tapeline run</code> prints one each time it starts.");
  static final String NO_CODE =
      page(
          "This sign-in link is incomplete",
          "It carries no code.",
          "Copy the whole link that <code>./tapeline run</code> printed.");
  static final String NOT_OF_THE_TEAM =
      page(
          "You cannot come in",
          "Your team's sign-in knows you, but gives you no role of this desk.",
          "Ask whoever runs it for one of the roles it is configured with, then try again.");
  static final String TOO_MANY =
      page(
          "Too many tries",
          "Somebody at your address tried too many sign-in links.",
          "Wait a minute, then follow the link again.");

  private SignInPages() {}

  private static String page(String title, String what, String todo) {
    return """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1$s</title></head>
        <body><main><h1>%1$s</h1><p>%2$s</p><p>%3$s</p></main></body>
        </html>
        """
        .formatted(title, what, todo);
  }
}
