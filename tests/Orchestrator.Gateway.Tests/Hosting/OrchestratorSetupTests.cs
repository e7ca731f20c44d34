using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Hosting;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage;

namespace Orchestrator.Gateway.Tests.Hosting;

public sealed class OrchestratorSetupTests
{
    [Fact]
    public void AddOrchestrator_Settings_ReachTheOptions()
    {
        var services = new ServiceCollection();
        services.AddOrchestrator(
            Configuration(("Silo:Slots", "7"), ("silo:drainTimeout", "90s"), ("Leases:Duration", "00:00:30"), ("Actions:generation.text:TimeoutMs", "5000"), ("Retention:Failed", "2d"), ("Actions:generation.text:Resources:google_search_api", "2")),
            setup => setup.Retention.BatchSize = 9);
        using var provider = services.BuildServiceProvider();

        Assert.Equal(7, provider.GetRequiredService<IOptions<SiloOptions>>().Value.Slots);
        Assert.Equal(TimeSpan.FromSeconds(90), provider.GetRequiredService<IOptions<SiloOptions>>().Value.DrainTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), provider.GetRequiredService<IOptions<LeaseOptions>>().Value.Duration);
        Assert.Equal(TimeSpan.FromDays(2), provider.GetRequiredService<IOptions<RetentionOptions>>().Value.Failed);
        Assert.Equal(9, provider.GetRequiredService<IOptions<RetentionOptions>>().Value.BatchSize);
        Assert.Equal(5000, provider.GetRequiredService<IOptionsMonitor<ActionOptions>>().Get("generation.text").TimeoutMs);
        Assert.Equal(5000, provider.GetRequiredService<IOptions<ActionsOptions>>().Value.Find("generation.text")?.TimeoutMs);
        Assert.Equal(2, provider.GetRequiredService<IOptions<ActionsOptions>>().Value.Find("generation.text")?.Resources?["google_search_api"]);
        Assert.Null(provider.GetRequiredService<IOptions<ActionsOptions>>().Value.Find("other"));
    }

    [Fact]
    public void AddOrchestrator_SectionOfTheGateway_ReachesItsOptions()
    {
        var services = new ServiceCollection();
        services.AddOrchestrator(Configuration(("Gateway:Hosts:0", "a.example"), ("Gateway:Hosts:1", "b.example")), setup => setup.AddSection<GatewayOptions>(GatewayOptions.Section));
        using var provider = services.BuildServiceProvider();

        Assert.Equal(["a.example", "b.example"], provider.GetRequiredService<IOptions<GatewayOptions>>().Value.Hosts!);
    }

    [Fact]
    public void AddOrchestrator_BadNeedsOfAnAction_NamesEachOfThem()
    {
        var exception = Assert.Throws<ConfigurationException>(() => new ServiceCollection().AddOrchestrator(Configuration(
            ("Actions:a:Resources:Bad Name", "1"), ("Actions:a:Resources:b", "0"), ("Actions:a:Resources:c", "many"), ("Actions:d:Resources", "search"), ("Actions:e:Provider", "Open AI"))));

        Assert.Equal(
            ["Actions:a:Resources:Bad Name", "Actions:a:Resources:b", "Actions:a:Resources:c", "Actions:d:Resources", "Actions:e:Provider"],
            exception.Mistakes.Select(mistake => mistake.Setting).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AddOrchestrator_Skills_ReachTheOptionsAndBadOnesAreEachNamed()
    {
        var services = new ServiceCollection();
        services.AddOrchestrator(Configuration(("Actions:a:Skills:law", "0.9"), ("Actions:a:Skills:music", "1")));
        using var provider = services.BuildServiceProvider();
        Assert.Equal(new Dictionary<string, double> { ["law"] = 0.9, ["music"] = 1 }, provider.GetRequiredService<IOptionsMonitor<ActionOptions>>().Get("a").Skills);

        var exception = Assert.Throws<ConfigurationException>(() => new ServiceCollection().AddOrchestrator(Configuration(
            ("Actions:a:Skills:Bad Name", "0.5"), ("Actions:a:Skills:b", "0"), ("Actions:a:Skills:c", "1.01"), ("Actions:a:Skills:d", "well"), ("Actions:a:Skills:e", "NaN"), ("Actions:f:Skills", "law"))));

        Assert.Equal(
            ["Actions:a:Skills:Bad Name", "Actions:a:Skills:b", "Actions:a:Skills:c", "Actions:a:Skills:d", "Actions:a:Skills:e", "Actions:f:Skills"],
            exception.Mistakes.Select(mistake => mistake.Setting).Order(StringComparer.Ordinal));
        Assert.All(exception.Mistakes, mistake => Assert.NotEmpty(mistake.Fix));
    }

    [Theory]
    [InlineData("Timeline:BucketSize", "weeks", "3600", "2")]
    [InlineData("Timeline:BucketSize", "seconds", "6000", "2")]
    [InlineData("Timeline:DurationSeconds", "hours", "600", "2")]
    [InlineData("Timeline:DurationSeconds", "minutes", "0", "2")]
    [InlineData("Timeline:RetentionMultiplier", "minutes", "600", "0.5")]
    [InlineData(null, "seconds", "5000", "2.0")]
    public void AddOrchestrator_Timeline_KeepsABoundedNumberOfBuckets(string? mistaken, string size, string duration, string multiplier)
    {
        var configuration = Configuration(("Timeline:BucketSize", size), ("Timeline:DurationSeconds", duration), ("Timeline:RetentionMultiplier", multiplier));

        var exception = Record.Exception(() => new ServiceCollection().AddOrchestrator(configuration));

        Assert.Equal(mistaken, (exception as ConfigurationException)?.Mistakes.Select(mistake => mistake.Setting).First());
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("Host=db", null, false)]
    [InlineData("Host=db", "true", true)]
    [InlineData(null, "false", false)]
    public void AddOrchestrator_Store_DecidesWhetherASiloIsEmbedded(string? connection, string? embedded, bool expected)
    {
        var services = new ServiceCollection();

        var builder = services.AddOrchestrator(Configuration(("ConnectionStrings:Orchestrator", connection), ("Silo:Embedded", embedded)));

        Assert.Equal(expected, builder.Setup.HostsSilo);
        Assert.Equal(connection is not null, services.Select(service => service.ImplementationInstance).OfType<StoreOptions>().Single().IsPostgres);
    }

    [Fact]
    public void AddOrchestrator_MistakesInConfigurationAndCode_AreToldTogether()
    {
        var exception = Assert.Throws<ConfigurationException>(() => new ServiceCollection().AddOrchestrator(
            Configuration(("Silo:Embedded", "perhaps"), ("Leases", "15s"), ("Actions:Bad Name:Concurrency", "1"), ("Retries:MaxDelay", "10ms"), ("Silo:Name:First", "x")),
            setup => setup.Silo.Slots = -1));

        Assert.Equal(
            ["Actions:Bad Name", "Leases", "Retries:BaseDelay", "Silo:Embedded", "Silo:Name", "Silo:Slots"],
            exception.Mistakes.Select(mistake => mistake.Setting).Order(StringComparer.Ordinal));
        Assert.All(exception.Mistakes, mistake => Assert.NotEmpty(mistake.Fix));
    }

    [Theory]
    [InlineData("garbage-s3cret", "is not a list of Keyword=value, separated by semicolons.")]
    [InlineData("Host=db;Password=x;s3cret=1", "has a keyword that Npgsql does not know.")]
    [InlineData("Host=db;Port=s3cret", "has a value of port that cannot be used.")]
    [InlineData("Database=x;Password=s3cret", "names no Host.")]
    public void AddOrchestrator_UnusableConnectionString_IsAMistakeThatRepeatsNoSecret(string connection, string problem)
    {
        var exception = Assert.Throws<ConfigurationException>(() => new ServiceCollection().AddOrchestrator(Configuration(("ConnectionStrings:Orchestrator", connection))));

        var mistake = Assert.Single(exception.Mistakes);
        Assert.Equal("ConnectionStrings:Orchestrator", mistake.Setting);
        Assert.Equal(problem, mistake.Problem, ignoreCase: true);
        Assert.DoesNotContain("s3cret", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:05", 5_000)]
    [InlineData("1.00:00:00", 86_400_000)]
    [InlineData("250ms", 250)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("2D", 172_800_000)]
    public void Durations_AsPeopleWriteThem_AreRead(string text, long milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
        Assert.True(Durations.TryParse(Durations.Format(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("s")]
    [InlineData("1e9d")]
    [InlineData("99999999999d")]
    public void Durations_OfUnclearMeaning_AreRefused(string text) => Assert.False(Durations.TryParse(text, out _));

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
        .Build();
}
