using System.Text.Json;

namespace Orchestrator.Workers.Pool;

/// <summary>Takes the values of the file over, and notes every member that is unknown, given twice or of the wrong type.</summary>
internal sealed class ProcessPoolFileReader(string file, ProcessPoolOptions options, List<string> mistakes)
{
    private static readonly string[] WorkerKeys = ["command", "args", "env", "actions"];

    public void Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add($"{file} must hold an object, such as {{\"poolSize\": 2, \"workers\": []}}.");
            return;
        }

        foreach (var (name, value) in Members(root, string.Empty))
        {
            if (name == "workers")
            {
                ReadWorkers(value);
            }
            else if (PoolSetting.ByKey(name) is { } setting)
            {
                ReadNumber(setting, value);
            }
            else
            {
                mistakes.Add($"{file}: \"{name}\" is unknown; remove it, or use one of {string.Join(", ", PoolSetting.All.Select(known => known.Key))}, workers.");
            }
        }
    }

    private void ReadNumber(PoolSetting setting, JsonElement value)
    {
        var off = value.ValueKind == JsonValueKind.Null
            || (value.ValueKind == JsonValueKind.String && value.GetString() == "off")
            || (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var zero) && zero == 0);
        if (setting.CanBeOff && off)
        {
            setting.Set(options, null);
        }
        else if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
        {
            setting.Set(options, number);
        }
        else
        {
            mistakes.Add($"{file}: \"{setting.Key}\" is {value.GetRawText()}; give a whole number of at most {int.MaxValue}{(setting.CanBeOff ? ", or null, 0 or \"off\"" : string.Empty)}.");
        }
    }

    private void ReadWorkers(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            mistakes.Add($"{file}: \"workers\" must be an array of objects, such as [{{\"command\": \"python3\", \"args\": [\"worker.py\"], \"actions\": [\"my.action\"]}}].");
            return;
        }

        foreach (var element in value.EnumerateArray())
        {
            var path = $"workers[{options.Workers.Count}]";
            var worker = new PoolWorkerOptions();
            options.Workers.Add(worker);
            if (element.ValueKind == JsonValueKind.Object)
            {
                ReadWorker(element, path, worker);
            }
            else
            {
                mistakes.Add($"{file}: {path} must be an object with command, args, env and actions.");
            }
        }
    }

    private void ReadWorker(JsonElement element, string path, PoolWorkerOptions worker)
    {
        foreach (var (name, value) in Members(element, path + "."))
        {
            switch (name)
            {
                case "command" when value.ValueKind == JsonValueKind.String:
                    worker.Command = value.GetString()!;
                    break;
                case "command":
                    mistakes.Add($"{file}: {path}.command must be a string, such as \"python3\".");
                    break;
                case "args":
                    ReadStrings(value, $"{path}.args", worker.Args);
                    break;
                case "actions":
                    ReadStrings(value, $"{path}.actions", worker.Actions);
                    break;
                case "env":
                    ReadEnvironment(value, $"{path}.env", worker.Env);
                    break;
                default:
                    mistakes.Add($"{file}: {path}.{name} is unknown; remove it, or use one of {string.Join(", ", WorkerKeys)}.");
                    break;
            }
        }
    }

    private void ReadStrings(JsonElement value, string path, IList<string> target)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            mistakes.Add($"{file}: {path} must be an array of strings.");
            return;
        }

        foreach (var item in value.EnumerateArray())
        {
            target.Add(item.GetString()!);
        }
    }

    private void ReadEnvironment(JsonElement value, string path, IDictionary<string, string> target)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            mistakes.Add($"{file}: {path} must be an object of strings, such as {{\"PYTHONUTF8\": \"1\"}}.");
            return;
        }

        foreach (var (name, item) in Members(value, path + "."))
        {
            if (item.ValueKind == JsonValueKind.String && name.Length > 0 && !name.Contains('='))
            {
                target[name] = item.GetString()!;
            }
            else
            {
                mistakes.Add($"{file}: {path}.{name} must be a string, and its name not empty and without '='.");
            }
        }
    }

    private IEnumerable<(string Name, JsonElement Value)> Members(JsonElement element, string prefix)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                mistakes.Add($"{file}: \"{prefix}{member.Name}\" is given twice; remove one.");
            }

            yield return (member.Name, member.Value);
        }
    }
}
