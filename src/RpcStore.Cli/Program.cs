using RpcStore.Cli.Commands;

return (int)await CommandLine.Parse(args).RunAsync();
