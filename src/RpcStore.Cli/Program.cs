using RpcStore.Cli.Commands;

return (int)CommandLine.Parse(args).Run();
