namespace Orchestrator.Dashboard.Tests.Demos;

/// <summary>What the demo's tasks are called and say.</summary>
internal static class DemoTexts
{
    public const string Letter =
        "Dear friends of the harbour,\n\nspring is here, and with it the long evenings on the quay. From the first of May the boats sail until nine, and the small café beside the lighthouse opens its terrace again.\n\nA tip for the weekend: the walk along the north shore is at its best now, with the gorse in flower. ";

    public static readonly IReadOnlyList<string> Done =
    [
        "Summarise the board meeting", "Translate the menu into Italian", "Draft the press release", "Classify yesterday's mail", "Check the links of the catalogue",
        "Name the photos of the harbour", "Score the new leads", "Write alt texts for the gallery", "Find duplicates in the address list", "Outline the annual report",
    ];

    public static readonly IReadOnlyList<string> Running = ["Read the tide tables of 1890 to 1950", "Compare forty suppliers", "Transcribe the interview with the pilot"];

    public static readonly IReadOnlyList<string> Queued = ["Index the photo archive", "Date the postcards", "List the wrecks by year"];

    public static readonly IReadOnlyList<string> Pictures = ["Render the cover", "Render the back page", "Render page 3", "Render page 4", "Render page 5", "Render page 6"];

    public static readonly IReadOnlyList<string> Letters =
    [
        """{"topic": "Easter", "parts": ["opening hours", "the regatta"]}""",
        """{"topic": "The regatta", "parts": ["the boats", "the crews", "the weather"]}""",
        """{"topic": "Spring", "parts": ["what is new", "a tip", "what comes next", "who we are"]}""",
    ];

    public static readonly IReadOnlyList<(string Workspace, string Action, string Code, (string Name, string Error)[] Tasks)> Failures =
    [
        ("research", "web.read", "provider_error",
        [
            ("Read the port authority's page", "GET https://ports.example/notices/4711: 503 Service Unavailable"),
            ("Read the notices to mariners", "GET https://ports.example/notices/4802: 503 Service Unavailable"),
            ("Read the pilot's log", "GET https://ports.example/logs/77: 503 Service Unavailable"),
        ]),
        ("marketing", "copy.check", "invalid_output", [("Check the flyer", "'price' is missing in item 7"), ("Check the poster", "'price' is missing in item 12")]),
        ("marketing", "mail.send", "rate_limited", [("Send the invitation", "429 from the mail provider, again in 30 s")]),
        ("research", "db.export", "timeout", [("Export the catalogue of wrecks", "No answer within 120000 ms")]),
    ];
}
