using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Orchestrator.Gateway.Dashboard.Assets;

/// <summary>The scripts, styles and pictures of the dashboard, out of the assembly, with one version for all of them.</summary>
internal sealed class AssetBundle
{
    private const string Prefix = "wwwroot/";

    private readonly FrozenDictionary<string, Asset> _assets;

    public AssetBundle()
    {
        var assembly = typeof(AssetBundle).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var content = Read(assembly, name);
            hash.AppendData(content);
            assets.Add(name[Prefix.Length..], new Asset(content, ContentType(name)));
        }

        _assets = assets.ToFrozenDictionary(StringComparer.Ordinal);
        Version = Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>Stands in the address of each file, so that browsers may keep them forever and never mix two versions.</summary>
    public string Version { get; }

    public Asset? Find(string path) => _assets.GetValueOrDefault(path);

    /// <summary>Its address, relative to the dashboard's.</summary>
    public string Address(string path) =>
        _assets.ContainsKey(path) ? $"assets/{Version}/{path}" : throw new ArgumentException($"There is no file {path}.", nameof(path));

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
}
