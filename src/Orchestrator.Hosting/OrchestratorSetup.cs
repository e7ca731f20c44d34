using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestrator.Hosting.Configuration;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage;
using Orchestrator.Workers.Generation;
using Orchestrator.Workers.Agents;
using Orchestrator.Workers.Pool;
using Orchestrator.Workers.Providers;

namespace Orchestrator.Hosting;

/// <summary>All settings of this process: read from the configuration, then open to code, then checked together.</summary>
public sealed class OrchestratorSetup
{
    private readonly IConfiguration _configuration;
    private readonly List<ConfigurationMistake> _mistakes = [];
    private readonly List<(string Section, object Options)> _sections = [];
    private readonly List<Action<IServiceCollection>> _ownSections = [];

    internal OrchestratorSetup(IConfiguration configuration, string contentRoot)
    {
        _configuration = configuration;
        ContentRoot = contentRoot;
        Silo = Read<SiloOptions>(SiloOptions.Section);
        Polling = Read<PollingOptions>(PollingOptions.Section);
        Leases = Read<LeaseOptions>(LeaseOptions.Section);
        Retries = Read<RetryOptions>(RetryOptions.Section);
        Retention = Read<RetentionOptions>(RetentionOptions.Section);
        Timeline = Read<TimelineOptions>(TimelineOptions.Section);
        Webhooks = Read<WebhookOptions>(WebhookOptions.Section);
        Feed = Read<FeedOptions>(FeedOptions.Section);
        Priorities = Read<PriorityOptions>(PriorityOptions.Section);
        Generation = Read<GenerationOptions>(GenerationOptions.Section);
        Agents = Read<AgentOptions>(AgentOptions.Section);
        SectionReader.ReadNamed(configuration, Runs, _mistakes);
        _sections.Add((RunOptions.Section, Runs));
        Actions = ReadNamed<ActionsOptions, ActionOptions>(ActionOptions.Section);
        Providers = ReadNamed<ProvidersOptions, ProviderOptions>(ProviderOptions.Section);
        ConnectionString = configuration.GetConnectionString(ConfigurationCatalog.ConnectionStringName) is { Length: > 0 } connection ? connection : null;
        DataDirectory = configuration[ConfigurationCatalog.DataDirectorySetting] is { Length: > 0 } folder ? folder : StoreOptions.DefaultDataDirectory;
        var pool = ProcessPoolOptionsLoader.Load(contentRoot, name => configuration[name]);
        Pool = pool.Options;
        _mistakes.AddRange(pool.Mistakes.Select(mistake => new ConfigurationMistake("Process pool", mistake, "")));
    }

    public SiloOptions Silo { get; }

    public PollingOptions Polling { get; }

    public LeaseOptions Leases { get; }

    public RetryOptions Retries { get; }

    public RetentionOptions Retention { get; }

    public TimelineOptions Timeline { get; }

    public WebhookOptions Webhooks { get; }

    public FeedOptions Feed { get; }

    public AgentOptions Agents { get; }

    public RunOptions Runs { get; } = new();

    public ActionsOptions Actions { get; }

    public PriorityOptions Priorities { get; }

    /// <summary>Which models do the work of the generation actions.</summary>
    public GenerationOptions Generation { get; }

    /// <summary>Where models are; <c>openai</c> and <c>xai</c> are known beside them.</summary>
    public ProvidersOptions Providers { get; }

    /// <summary>The worker processes; without commands there are none.</summary>
    public ProcessPoolOptions Pool { get; }

    /// <summary>PostgreSQL; null for SQLite in <see cref="DataDirectory"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The folder of the SQLite file; a relative one starts at <see cref="ContentRoot"/>.</summary>
    public string DataDirectory { get; set; }

    /// <summary>The folder of the host's files.</summary>
    public string ContentRoot { get; }

    /// <summary>Whether this process executes tasks.</summary>
    public bool HostsSilo => IsDedicatedSilo || (Silo.Embedded ?? ConnectionString is null);

    /// <summary>Whether this process is a silo and nothing else: drained on request, it stops.</summary>
    public bool IsDedicatedSilo { get; set; }

    internal StoreOptions Store => new() { ConnectionString = ConnectionString, DataDirectory = Path.GetFullPath(DataDirectory, ContentRoot) };

    /// <summary>Registers the sections that the host added.</summary>
    internal IReadOnlyList<Action<IServiceCollection>> OwnSections => _ownSections;

    /// <summary>Reads one more section, checks it together with the others, and registers it as options.</summary>
    public T AddSection<T>(string section)
        where T : class, new()
    {
        var options = Read<T>(section);
        _ownSections.Add(services => services.AddSettings(Options.DefaultName, options));
        return options;
    }

    /// <summary>Adds a mistake that somebody else found, to be told together with the others.</summary>
    public void AddMistake(ConfigurationMistake mistake) => _mistakes.Add(mistake);

    /// <summary>A provider as it is in force; null when there is none of that name.</summary>
    internal Provider? FindProvider(string name) => Providers.Find(name, setting => _configuration[setting]);

    /// <summary>All providers as they are in force: those that are configured, and those that are known.</summary>
    internal ProviderDirectory ListProviders() =>
        new(Providers.Keys.Concat(KnownProvider.All.Select(static known => known.Name)).Distinct().Select(name => FindProvider(name)!));

    /// <summary>Throws <see cref="ConfigurationException"/> with every mistake there is.</summary>
    internal void Check()
    {
        foreach (var (section, options) in _sections.Concat(Actions.Select(action => ($"{ActionOptions.Section}:{action.Key}", (object)action.Value))))
        {
            SectionRules.Check(section, options, _mistakes);
        }

        CrossRules.Check(this, _mistakes);
        ModelRules.Check(this, _mistakes);
        if (_mistakes.Count > 0)
        {
            throw new ConfigurationException(_mistakes);
        }
    }

    private T Read<T>(string section)
        where T : class, new()
    {
        var options = new T();
        SectionReader.Read(_configuration.GetSection(section), options, _mistakes);
        _sections.Add((section, options));
        return options;
    }

    private TAll ReadNamed<TAll, TOne>(string name)
        where TAll : Dictionary<string, TOne>, new()
        where TOne : class, new()
    {
        var all = new TAll();
        foreach (var section in _configuration.GetSection(name).GetChildren())
        {
            var options = new TOne();
            SectionReader.Read(section, options, _mistakes);
            all[section.Key] = options;
        }

        return all;
    }
}
